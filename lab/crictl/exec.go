package main

import (
	"context"
	"fmt"
	"net/url"
	"os"

	"github.com/moby/term"
	"github.com/spf13/cobra"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/remotecommand"
	pb "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
)

func newExec(connect connector) *cobra.Command {
	var sync, tty, interactive bool
	var timeout int64
	command := &cobra.Command{
		Use:   "exec CONTAINER-ID COMMAND [ARG...]",
		Short: "Run a command in a running container",
		Args:  cobra.MinimumNArgs(2),
		RunE: connect.then(func(c *client, args []string) error {
			if sync {
				return c.execSync(args[0], args[1:], timeout)
			}
			return c.execStream(&pb.ExecRequest{
				ContainerId: args[0], Cmd: args[1:], Tty: tty, Stdin: interactive, Stdout: true, Stderr: !tty,
			})
		}),
	}
	flags := command.Flags()
	flags.SetInterspersed(false)
	flags.BoolVarP(&sync, "sync", "s", false, "run the command synchronously")
	flags.Int64Var(&timeout, "timeout", 0, "timeout in seconds of a synchronous command, 0 for none")
	flags.BoolVarP(&tty, "tty", "t", false, "allocate a pseudo-TTY")
	flags.BoolVarP(&interactive, "interactive", "i", false, "keep STDIN open")
	return command
}

func (c *client) execSync(id string, command []string, timeout int64) error {
	request := &pb.ExecSyncRequest{ContainerId: id, Cmd: command, Timeout: timeout}
	response, err := c.runtime.ExecSync(context.Background(), request)
	if err != nil {
		return fmt.Errorf("execing command in container synchronously: %w", err)
	}
	os.Stdout.Write(response.Stdout)
	os.Stderr.Write(response.Stderr)
	if response.ExitCode != 0 {
		return fmt.Errorf("execing command in container synchronously: command terminated with exit code %d",
			response.ExitCode)
	}
	return nil
}

func (c *client) execStream(request *pb.ExecRequest) error {
	response, err := c.runtime.Exec(context.Background(), request)
	if err != nil {
		return fmt.Errorf("execing command in container: %w", err)
	}
	location, err := url.Parse(response.Url)
	if err != nil {
		return err
	}
	config := &rest.Config{TLSClientConfig: rest.TLSClientConfig{Insecure: true}}
	executor, err := remotecommand.NewSPDYExecutor(config, "POST", location)
	if err != nil {
		return err
	}
	options := remotecommand.StreamOptions{Stdout: os.Stdout, Tty: request.Tty}
	if !request.Tty {
		options.Stderr = os.Stderr
	}
	if request.Stdin {
		options.Stdin = os.Stdin
	}
	if request.Tty && request.Stdin && term.IsTerminal(os.Stdin.Fd()) {
		state, err := term.SetRawTerminal(os.Stdin.Fd())
		if err != nil {
			return err
		}
		defer term.RestoreTerminal(os.Stdin.Fd(), state)
	}
	return executor.Stream(options)
}
