package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	pb "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
)

func newContainers(connect connector) *cobra.Command {
	var selected selection
	var all bool
	var pod, image string
	command := &cobra.Command{
		Use:   "ps",
		Short: "List containers",
		Args:  cobra.NoArgs,
		RunE: connect.then(func(c *client, _ []string) error {
			filter := &pb.ContainerFilter{Id: selected.id, PodSandboxId: pod, LabelSelector: selected.labels}
			response, err := c.runtime.ListContainers(context.Background(), &pb.ListContainersRequest{Filter: filter})
			if err != nil {
				return fmt.Errorf("listing containers: %w", err)
			}
			if selected.state == "" && !all && selected.last == 0 && !selected.latest {
				selected.state = "running"
			}
			containers, err := selectContainers(response.Containers, &selected, image)
			if err != nil {
				return err
			}
			return printContainers(containers, &selected)
		}),
	}
	selected.addTo(command.Flags(), "container")
	command.Flags().BoolVarP(&all, "all", "a", false, "show all containers")
	command.Flags().StringVarP(&pod, "pod", "p", "", "filter by pod id")
	command.Flags().StringVar(&image, "image", "", "filter by container image")
	return command
}

func selectContainers(containers []*pb.Container, selected *selection, image string) ([]*pb.Container, error) {
	var all []listed
	for index, container := range containers {
		if isState(selected.state, container.State.String()) && strings.Contains(container.Image.Image, image) {
			all = append(all, listed{index, container.Metadata.Name, container.CreatedAt})
		}
	}
	chosen, err := selected.pick(all)
	var result []*pb.Container
	for _, index := range chosen {
		result = append(result, containers[index])
	}
	return result, err
}

func printContainers(containers []*pb.Container, selected *selection) error {
	if !selected.output.isTable() {
		return selected.output.print(&pb.ListContainersResponse{Containers: containers})
	}
	var rows [][]string
	for _, container := range containers {
		if selected.quiet {
			fmt.Println(container.Id)
			continue
		}
		name := strings.TrimPrefix(container.State.String(), "CONTAINER_")
		rows = append(rows, []string{shorten(container.Id, selected.full), shorten(container.Image.Image, selected.full),
			ago(container.CreatedAt), name[:1] + strings.ToLower(name[1:]), container.Metadata.Name,
			fmt.Sprint(container.Metadata.Attempt), shorten(container.PodSandboxId, selected.full)})
	}
	if selected.quiet {
		return nil
	}
	return printTable([]string{"CONTAINER", "IMAGE", "CREATED", "STATE", "NAME", "ATTEMPT", "POD ID"}, rows)
}
