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
	if _, err := c.runtime.RemovePodSandbox(context.Background(), &pb.RemovePodSandboxRequest{PodSandboxId: id}); err != nil {
		return fmt.Errorf("removing the pod sandbox %q: %w", id, err)
	}
	fmt.Println("Removed sandbox", id)
	return nil
}
