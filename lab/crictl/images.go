package main

import (
	"context"
	"fmt"
	"sort"
	"strings"

	"github.com/docker/go-units"
	"github.com/spf13/cobra"
	pb "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
)

func newImages(connect connector) *cobra.Command {
	var quiet, full, digests, verbose bool
	var output format
	command := &cobra.Command{
		Use:     "images [REPOSITORY[:TAG]]",
		Aliases: []string{"image", "img"},
		Short:   "List images",
		Args:    cobra.MaximumNArgs(1),
		RunE: connect.then(func(c *client, args []string) error {
			response, err := c.images.ListImages(context.Background(), &pb.ListImagesRequest{})
			if err != nil {
				return fmt.Errorf("listing images: %w", err)
			}
			if len(args) == 1 {
				response.Images = imagesCalled(args[0], response.Images)
			}
			sort.Slice(response.Images, func(i, j int) bool { return firstName(response.Images[i]) < firstName(response.Images[j]) })
			if !output.isTable() {
				return output.print(response)
			}
			return printImages(response.Images, imageColumns{quiet: quiet, full: full, digests: digests, verbose: verbose})
		}),
	}
	flags := command.Flags()
	flags.BoolVarP(&quiet, "quiet", "q", false, "only show image ids")
	flags.BoolVar(&full, "no-trunc", false, "show output without truncating the id")
	flags.BoolVar(&digests, "digests", false, "show digests")
	flags.BoolVarP(&verbose, "verbose", "v", false, "show verbose info for images")
	output.addTo(flags, "table")
	return command
}

// imagesCalled picks the images of that repository, or with that name or id; containerd ignores the filter of CRI.
func imagesCalled(wanted string, images []*pb.Image) []*pb.Image {
	var found []*pb.Image
	for _, image := range images {
		matches := strings.HasPrefix(strings.TrimPrefix(image.Id, "sha256:"), strings.TrimPrefix(wanted, "sha256:"))
		for _, tag := range image.RepoTags {
			matches = matches || tag == wanted || tag[:strings.LastIndex(tag, ":")] == wanted
		}
		if matches {
			found = append(found, image)
		}
	}
	return found
}

func firstName(image *pb.Image) string {
	return strings.Join(append(append([]string{}, image.RepoTags...), image.RepoDigests...), " ")
}

type imageColumns struct{ quiet, full, digests, verbose bool }

func printImages(images []*pb.Image, columns imageColumns) error {
	header := []string{"IMAGE", "TAG", "IMAGE ID", "SIZE"}
	if columns.digests {
		header = []string{"IMAGE", "TAG", "DIGEST", "IMAGE ID", "SIZE"}
	}
	var rows [][]string
	for _, image := range images {
		switch {
		case columns.quiet:
			fmt.Println(image.Id)
		case columns.verbose:
			fmt.Printf("ID: %s\n", image.Id)
			for _, tag := range image.RepoTags {
				fmt.Printf("RepoTags: %s\n", tag)
			}
			for _, digest := range image.RepoDigests {
				fmt.Printf("RepoDigests: %s\n", digest)
			}
			fmt.Printf("Size: %s\n\n", units.HumanSizeWithPrecision(float64(image.Size_), 3))
		default:
			rows = append(rows, imageRows(image, columns)...)
		}
	}
	if columns.quiet || columns.verbose {
		return nil
	}
	return printTable(header, rows)
}

// imageRows gives one row per tag, because one image can have several.
func imageRows(image *pb.Image, columns imageColumns) [][]string {
	digest := "<none>"
	if len(image.RepoDigests) > 0 {
		digest = shorten(image.RepoDigests[0][strings.LastIndex(image.RepoDigests[0], "@")+1:], columns.full)
	}
	tags := image.RepoTags
	if len(tags) == 0 {
		tags = []string{"<none>:<none>"}
	}
	var rows [][]string
	for _, tag := range tags {
		colon := strings.LastIndex(tag, ":")
		row := []string{tag[:colon], tag[colon+1:]}
		if columns.digests {
			row = append(row, digest)
		}
		rows = append(rows, append(row, shorten(image.Id, columns.full), units.HumanSizeWithPrecision(float64(image.Size_), 3)))
	}
	return rows
}

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
