// Command crictl stands in for the crictl of cri-tools, which Debian 12 does not package. It speaks the CRI v1alpha2 of
// Kubernetes 1.20 through the generated client in its source tree, and takes the flags and prints the output of crictl
// 1.20 for the commands it has.
package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
)

// version is set by the linker.
var version = "unknown"

func main() {
	if err := newRoot().Execute(); err != nil {
		fmt.Fprintln(os.Stderr, "FATA", err)
		os.Exit(1)
	}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:              "crictl",
		Short:            "client for CRI (a stand-in for cri-tools)",
		Version:          version + " (kube-installer stand-in)",
		SilenceUsage:     true,
		SilenceErrors:    true,
		TraverseChildren: true,
		RunE: func(command *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("no such command %q; see crictl --help", args[0])
			}
			return command.Help()
		},
	}
	settings := newSettings(root.Flags())
	connect := func() (*client, error) { return dial(settings) }
	root.AddCommand(
		newInfo(connect), newVersion(connect),
		newPods(connect), newInspectPod(connect), newStopPod(connect), newRemovePod(connect),
		newContainers(connect), newInspect(connect), newStop(connect), newRemove(connect),
		newLogs(connect), newExec(connect),
		newImages(connect), newInspectImage(connect), newPull(connect), newRemoveImage(connect),
	)
	return root
}
