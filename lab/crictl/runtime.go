package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	pb "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
)

func newInfo(connect connector) *cobra.Command {
	var output format
	var quiet bool
	command := &cobra.Command{
		Use:   "info",
		Short: "Display information of the container runtime",
		Args:  cobra.NoArgs,
		RunE: connect.then(func(c *client, _ []string) error {
			response, err := c.runtime.Status(context.Background(), &pb.StatusRequest{Verbose: !quiet})
			if err != nil {
				return fmt.Errorf("getting status of runtime: %w", err)
			}
			return output.printStatus(response.Status, response.Info)
		}),
	}
	output.addTo(command.Flags(), "json")
	command.Flags().BoolVarP(&quiet, "quiet", "q", false, "do not show verbose information")
	return command
}

func newVersion(connect connector) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Display runtime version information",
		Args:  cobra.NoArgs,
		RunE: connect.then(func(c *client, _ []string) error {
			v, err := c.runtime.Version(context.Background(), &pb.VersionRequest{Version: "v1alpha2"})
			if err != nil {
				return fmt.Errorf("getting the runtime version: %w", err)
			}
			fmt.Printf("Version:  %s\nRuntimeName:  %s\nRuntimeVersion:  %s\nRuntimeApiVersion:  %s\n",
				v.Version, v.RuntimeName, v.RuntimeVersion, v.RuntimeApiVersion)
			return nil
		}),
	}
}
