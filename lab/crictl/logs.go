package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	pb "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
)

const followInterval = 200 * time.Millisecond

func newLogs(connect connector) *cobra.Command {
	var wanted logOptions
	var since time.Duration
	command := &cobra.Command{
		Use:   "logs CONTAINER-ID",
		Short: "Fetch the logs of a container",
		Args:  cobra.ExactArgs(1),
		RunE: connect.then(func(c *client, args []string) error {
			response, err := c.containerStatus(args[0])
			if err != nil {
				return err
			}
			if since > 0 {
				wanted.after = time.Now().Add(-since)
			}
			return c.printLogs(response.Status, wanted)
		}),
	}
	flags := command.Flags()
	flags.BoolVarP(&wanted.follow, "follow", "f", false, "follow log output")
	flags.IntVar(&wanted.tail, "tail", -1, "number of lines to show from the end of the logs, all by default")
	flags.DurationVar(&since, "since", 0, "only return logs newer than a duration like 5s, 2m or 3h")
	flags.BoolVarP(&wanted.timestamps, "timestamps", "t", false, "show timestamps")
	return command
}

type logOptions struct {
	follow, timestamps bool
	tail               int
	after              time.Time
}

// logLine is a line of the log format of CRI: TIME STREAM TAGS MESSAGE, where the tag P says that the line goes on.
type logLine struct {
	moment, stream, message string
}

func parseLogLine(text string) (logLine, bool) {
	parts := strings.SplitN(text, " ", 4)
	if len(parts) < 4 {
		return logLine{}, false
	}
	message := parts[3]
	if strings.Split(parts[2], ":")[0] == "P" {
		message = strings.TrimSuffix(message, "\n")
	}
	return logLine{moment: parts[0], stream: parts[1], message: message}, true
}

func (c *client) printLogs(container *pb.ContainerStatus, wanted logOptions) error {
	if container.LogPath == "" {
		return fmt.Errorf("the container %q has not set a log path", container.Id)
	}
	file, err := os.Open(container.LogPath)
	if err != nil {
		return err
	}
	defer file.Close()
	reader := bufio.NewReader(file)
	lines, err := readLines(reader, wanted)
	if err != nil {
		return err
	}
	if wanted.tail >= 0 && len(lines) > wanted.tail {
		lines = lines[len(lines)-wanted.tail:]
	}
	for {
		for _, line := range lines {
			line.print(wanted.timestamps)
		}
		if !wanted.follow {
			return nil
		}
		running, err := c.isRunning(container.Id)
		if err != nil {
			return err
		}
		// Read once more after the container has ended, for what it wrote last.
		wanted.follow = running
		time.Sleep(followInterval)
		if lines, err = readLines(reader, wanted); err != nil {
			return err
		}
	}
}

// readLines reads to the current end of the file. The runtime writes a line at a time, so what is there is whole.
func readLines(reader *bufio.Reader, wanted logOptions) ([]logLine, error) {
	var lines []logLine
	for {
		text, err := reader.ReadString('\n')
		if err != nil && err != io.EOF {
			return nil, err
		}
		line, complete := parseLogLine(text)
		if complete {
			if moment, err := time.Parse(time.RFC3339Nano, line.moment); err != nil || moment.After(wanted.after) {
				lines = append(lines, line)
			}
		}
		if err == io.EOF {
			return lines, nil
		}
	}
}

func (l logLine) print(timestamps bool) {
	out := os.Stdout
	if l.stream == "stderr" {
		out = os.Stderr
	}
	if timestamps {
		fmt.Fprint(out, l.moment, " ")
	}
	fmt.Fprint(out, l.message)
}

func (c *client) isRunning(id string) (bool, error) {
	response, err := c.containerStatus(id)
	if err != nil {
		return false, err
	}
	return response.Status.State == pb.ContainerState_CONTAINER_RUNNING, nil
}
