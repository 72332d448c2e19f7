package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	pb "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
)

func newInspect(connect connector) *cobra.Command {
	var output format
	command := &cobra.Command{
		Use:   "inspect CONTAINER-ID...",
		Short: "Display the status of one or more containers",
		Args:  cobra.MinimumNArgs(1),
		RunE: connect.then(func(c *client, ids []string) error {
			for _, id := range ids {
				response, err := c.containerStatus(id)
				if err != nil {
					return err
				}
				if err := output.printStatus(response.Status, response.Info); err != nil {
					return err
				}
			}
			return nil
		}),
	}
	output.addTo(command.Flags(), "json")
	return command
}

func (c *client) containerStatus(id string) (*pb.ContainerStatusResponse, error) {
	request := &pb.ContainerStatusRequest{ContainerId: id, Verbose: true}
	response, err := c.runtime.ContainerStatus(context.Background(), request)
	if err != nil {
		return nil, fmt.Errorf("getting the status of the container %q: %w", id, err)
	}
	return response, nil
}

func newStop(connect connector) *cobra.Command {
	var timeout int64
	command := &cobra.Command{
		Use:   "stop CONTAINER-ID...",
		Short: "Stop one or more running containers",
		Args:  cobra.MinimumNArgs(1),
		RunE: connect.then(func(c *client, ids []string) error {
			for _, id := range ids {
				if err := c.stopContainer(id, timeout); err != nil {
					return err
				}
				fmt.Println(id)
			}
			return nil
		}),
	}
	command.Flags().Int64VarP(&timeout, "timeout", "t", 0,
		"seconds to wait to kill the container after a graceful stop is requested")
	return command
}

func (c *client) stopContainer(id string, timeout int64) error {
	request := &pb.StopContainerRequest{ContainerId: id, Timeout: timeout}
	if _, err := c.runtime.StopContainer(context.Background(), request); err != nil {
		return fmt.Errorf("stopping the container %q: %w", id, err)
	}
	return nil
}

func newRemove(connect connector) *cobra.Command {
	var all, force bool
	command := &cobra.Command{
		Use:   "rm CONTAINER-ID...",
		Short: "Remove one or more containers",
		RunE: connect.then(func(c *client, ids []string) error {
			if all {
				response, err := c.runtime.ListContainers(context.Background(), &pb.ListContainersRequest{})
				if err != nil {
					return fmt.Errorf("listing containers: %w", err)
				}
				ids = nil
				for _, container := range response.Containers {
					ids = append(ids, container.Id)
				}
			} else if len(ids) == 0 {
				return fmt.Errorf("ID cannot be empty")
			}
			for _, id := range ids {
				if err := c.removeContainer(id, force); err != nil {
					return err
				}
				fmt.Println(id)
			}
			return nil
		}),
	}
	command.Flags().BoolVarP(&all, "all", "a", false, "remove all containers")
	command.Flags().BoolVarP(&force, "force", "f", false, "stop a running container first")
	return command
}

func (c *client) removeContainer(id string, force bool) error {
	response, err := c.containerStatus(id)
	if err != nil {
		return err
	}
	if response.Status.State == pb.ContainerState_CONTAINER_RUNNING {
		if !force {
			return fmt.Errorf("container %q is running, please stop it first", id)
		}
		if err := c.stopContainer(id, 0); err != nil {
			return err
		}
	}
	if _, err := c.runtime.RemoveContainer(context.Background(), &pb.RemoveContainerRequest{ContainerId: id}); err != nil {
		return fmt.Errorf("removing the container %q: %w", id, err)
	}
	return nil
}
