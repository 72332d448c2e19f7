package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	pb "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
)

func newInspectImage(connect connector) *cobra.Command {
	var output format
	var quiet bool
	command := &cobra.Command{
		Use:   "inspecti IMAGE...",
		Short: "Return the status of one or more images",
		Args:  cobra.MinimumNArgs(1),
		RunE: connect.then(func(c *client, names []string) error {
			for _, name := range names {
				request := &pb.ImageStatusRequest{Image: &pb.ImageSpec{Image: name}, Verbose: !quiet}
				response, err := c.images.ImageStatus(context.Background(), request)
				if err != nil {
					return fmt.Errorf("image status for %q: %w", name, err)
				}
				if response.Image == nil {
					return fmt.Errorf("no such image %q present", name)
				}
				if err := output.printStatus(response.Image, response.Info); err != nil {
					return err
				}
			}
			return nil
		}),
	}
	output.addTo(command.Flags(), "json")
	command.Flags().BoolVarP(&quiet, "quiet", "q", false, "do not show verbose information")
	return command
}

func newPull(connect connector) *cobra.Command {
	var credentials, auth string
	command := &cobra.Command{
		Use:   "pull IMAGE",
		Short: "Pull an image from a registry",
		Args:  cobra.ExactArgs(1),
		RunE: connect.then(func(c *client, args []string) error {
			request := &pb.PullImageRequest{Image: &pb.ImageSpec{Image: args[0]}}
			if credentials != "" {
				parts := strings.SplitN(credentials, ":", 2)
				request.Auth = &pb.AuthConfig{Username: parts[0]}
				if len(parts) == 2 {
					request.Auth.Password = parts[1]
				}
			} else if auth != "" {
				request.Auth = &pb.AuthConfig{Auth: auth}
			}
			response, err := c.images.PullImage(context.Background(), request)
			if err != nil {
				return fmt.Errorf("pulling image: %w", err)
			}
			fmt.Println("Image is up to date for", response.ImageRef)
			return nil
		}),
	}
	command.Flags().StringVar(&credentials, "creds", "", "USERNAME[:PASSWORD] for accessing the registry")
	command.Flags().StringVar(&auth, "auth", "", "base64 encoded USERNAME[:PASSWORD] for accessing the registry")
	return command
}

func newRemoveImage(connect connector) *cobra.Command {
	var all bool
	command := &cobra.Command{
		Use:   "rmi IMAGE...",
		Short: "Remove one or more images",
		RunE: connect.then(func(c *client, names []string) error {
			if all {
				response, err := c.images.ListImages(context.Background(), &pb.ListImagesRequest{})
				if err != nil {
					return fmt.Errorf("listing images: %w", err)
				}
				names = nil
				for _, image := range response.Images {
					names = append(names, image.Id)
				}
			} else if len(names) == 0 {
				return fmt.Errorf("ID cannot be empty")
			}
			for _, name := range names {
				if err := c.removeImage(name); err != nil {
					return err
				}
			}
			return nil
		}),
	}
	command.Flags().BoolVarP(&all, "all", "a", false, "remove all images")
	return command
}

func (c *client) removeImage(name string) error {
	spec := &pb.ImageSpec{Image: name}
	status, err := c.images.ImageStatus(context.Background(), &pb.ImageStatusRequest{Image: spec})
	if err != nil {
		return fmt.Errorf("image status for %q: %w", name, err)
	}
	if status.Image == nil {
		return fmt.Errorf("no such image %s", name)
	}
	if _, err := c.images.RemoveImage(context.Background(), &pb.RemoveImageRequest{Image: spec}); err != nil {
		return fmt.Errorf("removing image %q: %w", name, err)
	}
	for _, tag := range append(append([]string{}, status.Image.RepoTags...), status.Image.RepoDigests...) {
		fmt.Println("Deleted:", tag)
	}
	return nil
}
