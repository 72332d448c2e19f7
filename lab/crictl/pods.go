package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	pb "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
)

func newPods(connect connector) *cobra.Command {
	var selected selection
	var namespace string
	command := &cobra.Command{
		Use:   "pods",
		Short: "List pods",
		Args:  cobra.NoArgs,
		RunE: connect.then(func(c *client, _ []string) error {
			filter := &pb.PodSandboxFilter{Id: selected.id, LabelSelector: selected.labels}
			response, err := c.runtime.ListPodSandbox(context.Background(), &pb.ListPodSandboxRequest{Filter: filter})
			if err != nil {
				return fmt.Errorf("listing pod sandboxes: %w", err)
			}
			pods, err := selectPods(response.Items, &selected, namespace)
			if err != nil {
				return err
			}
			return printPods(pods, &selected)
		}),
	}
	selected.addTo(command.Flags(), "pod")
	command.Flags().StringVar(&namespace, "namespace", "", "filter by pod namespace")
	return command
}

func selectPods(pods []*pb.PodSandbox, selected *selection, namespace string) ([]*pb.PodSandbox, error) {
	var all []listed
	for index, pod := range pods {
		if (namespace == "" || namespace == pod.Metadata.Namespace) && isPodState(selected.state, pod.State) {
			all = append(all, listed{index, pod.Metadata.Name, pod.CreatedAt})
		}
	}
	chosen, err := selected.pick(all)
	var result []*pb.PodSandbox
	for _, index := range chosen {
		result = append(result, pods[index])
	}
	return result, err
}

func isPodState(wanted string, state pb.PodSandboxState) bool {
	return wanted == "" || strings.EqualFold(wanted, podState(state))
}

// podState is `Ready` or `NotReady`, as crictl prints it.
func podState(state pb.PodSandboxState) string {
	if state == pb.PodSandboxState_SANDBOX_READY {
		return "Ready"
	}
	return "NotReady"
}

func printPods(pods []*pb.PodSandbox, selected *selection) error {
	if !selected.output.isTable() {
		return selected.output.print(&pb.ListPodSandboxResponse{Items: pods})
	}
	var rows [][]string
	for _, pod := range pods {
		if selected.quiet {
			fmt.Println(pod.Id)
			continue
		}
		handler := pod.RuntimeHandler
		if handler == "" {
			handler = "(default)"
		}
		rows = append(rows, []string{shorten(pod.Id, selected.full), ago(pod.CreatedAt), podState(pod.State),
			pod.Metadata.Name, pod.Metadata.Namespace, fmt.Sprint(pod.Metadata.Attempt), handler})
	}
	if selected.quiet {
		return nil
	}
	return printTable([]string{"POD ID", "CREATED", "STATE", "NAME", "NAMESPACE", "ATTEMPT", "RUNTIME"}, rows)
}
