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
			sort.Slice(response.Images, func(i, j int) bool {
				return firstName(response.Images[i]) < firstName(response.Images[j])
			})
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
		size := units.HumanSizeWithPrecision(float64(image.Size_), 3)
		rows = append(rows, append(row, shorten(image.Id, columns.full), size))
	}
	return rows
}
