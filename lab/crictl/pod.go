package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	pb "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
)

func newInspectPod(connect connector) *cobra.Command {
	var output format
	command := &cobra.Command{
		Use:   "inspectp POD-ID...",
		Short: "Display the status of one or more pods",
		Args:  cobra.MinimumNArgs(1),
		RunE: connect.then(func(c *client, ids []string) error {
			for _, id := range ids {
				request := &pb.PodSandboxStatusRequest{PodSandboxId: id, Verbose: true}
				response, err := c.runtime.PodSandboxStatus(context.Background(), request)
				if err != nil {
					return fmt.Errorf("getting the status of the pod sandbox %q: %w", id, err)
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

func newStopPod(connect connector) *cobra.Command {
	return &cobra.Command{
		Use:   "stopp POD-ID...",
		Short: "Stop one or more running pods",
		Args:  cobra.MinimumNArgs(1),
		RunE: connect.then(func(c *client, ids []string) error {
			for _, id := range ids {
				if err := c.stopPod(id); err != nil {
					return err
				}
			}
			return nil
		}),
	}
}

func (c *client) stopPod(id string) error {
	if _, err := c.runtime.StopPodSandbox(context.Background(), &pb.StopPodSandboxRequest{PodSandboxId: id}); err != nil {
		return fmt.Errorf("stopping the pod sandbox %q: %w", id, err)
	}
	fmt.Println("Stopped sandbox", id)
	return nil
}

func newRemovePod(connect connector) *cobra.Command {
	var all, force bool
	command := &cobra.Command{
		Use:   "rmp POD-ID...",
		Short: "Remove one or more pods",
		RunE: connect.then(func(c *client, ids []string) error {
			listing, err := c.runtime.ListPodSandbox(context.Background(), &pb.ListPodSandboxRequest{})
			if err != nil {
				return fmt.Errorf("listing pod sandboxes: %w", err)
			}
			if all {
				ids = nil
				for _, pod := range listing.Items {
					ids = append(ids, pod.Id)
				}
			} else if len(ids) == 0 {
				return fmt.Errorf("ID cannot be empty")
			}
			for _, id := range ids {
				if err := c.removePod(id, listing.Items, force); err != nil {
					return err
				}
			}
			return nil
		}),
	}
	command.Flags().BoolVarP(&all, "all", "a", false, "remove all pods")
	command.Flags().BoolVarP(&force, "force", "f", false, "stop a running pod first")
	return command
}

// removePod removes a stopped sandbox; a running one only by force, because CRI itself would not ask.
func (c *client) removePod(id string, known []*pb.PodSandbox, force bool) error {
	for _, pod := range known {
		if !strings.HasPrefix(pod.Id, id) || pod.State != pb.PodSandboxState_SANDBOX_READY {
			continue
		}
		if !force {
			return fmt.Errorf("pod sandbox %q is running, please stop it first", id)
		}
		if err := c.stopPod(pod.Id); err != nil {
			return err
		}
	}
	request := &pb.RemovePodSandboxRequest{PodSandboxId: id}
	if _, err := c.runtime.RemovePodSandbox(context.Background(), request); err != nil {
		return fmt.Errorf("removing the pod sandbox %q: %w", id, err)
	}
	fmt.Println("Removed sandbox", id)
	return nil
}
