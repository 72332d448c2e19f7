package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"google.golang.org/grpc"
	pb "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
	"sigs.k8s.io/yaml"
)

const (
	defaultEndpoint = "unix:///run/containerd/containerd.sock"
	largestMessage  = 16 << 20
)

// settings says where the runtime is: flags before environment before configuration file, as crictl has it.
type settings struct {
	flags           *pflag.FlagSet
	config          string
	runtimeEndpoint string
	imageEndpoint   string
	timeout         time.Duration
	debug           bool
}

func newSettings(flags *pflag.FlagSet) *settings {
	s := &settings{flags: flags}
	flags.StringVarP(&s.config, "config", "c", "/etc/crictl.yaml", "location of the client config file")
	flags.StringVarP(&s.runtimeEndpoint, "runtime-endpoint", "r", os.Getenv("CONTAINER_RUNTIME_ENDPOINT"),
		"endpoint of the CRI runtime service")
	flags.StringVarP(&s.imageEndpoint, "image-endpoint", "i", os.Getenv("IMAGE_SERVICE_ENDPOINT"),
		"endpoint of the CRI image service")
	flags.DurationVarP(&s.timeout, "timeout", "t", 2*time.Second, "timeout of connecting to the server")
	flags.BoolVarP(&s.debug, "debug", "D", false, "accepted for compatibility; changes nothing")
	return s
}

// client holds the two services of a runtime.
type client struct {
	runtime pb.RuntimeServiceClient
	images  pb.ImageServiceClient
}

// connector connects when a command runs, not before: help and usage errors need no runtime.
type connector func() (*client, error)

// then gives a command its work, to be done with a connection.
func (connect connector) then(work func(c *client, args []string) error) func(*cobra.Command, []string) error {
	return func(_ *cobra.Command, args []string) error {
		c, err := connect()
		if err != nil {
			return err
		}
		return work(c, args)
	}
}

func dial(s *settings) (*client, error) {
	if err := s.readConfig(); err != nil {
		return nil, err
	}
	runtimeConnection, err := dialEndpoint(s.runtimeEndpoint, s.timeout)
	if err != nil {
		return nil, err
	}
	imageConnection := runtimeConnection
	if s.imageEndpoint != s.runtimeEndpoint {
		if imageConnection, err = dialEndpoint(s.imageEndpoint, s.timeout); err != nil {
			return nil, err
		}
	}
	return &client{
		runtime: pb.NewRuntimeServiceClient(runtimeConnection),
		images:  pb.NewImageServiceClient(imageConnection),
	}, nil
}

func dialEndpoint(endpoint string, timeout time.Duration) (*grpc.ClientConn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	dialSocket := func(ctx context.Context, path string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", path)
	}
	connection, err := grpc.DialContext(ctx, strings.TrimPrefix(endpoint, "unix://"), grpc.WithInsecure(),
		grpc.WithBlock(), grpc.FailOnNonTempDialError(true), grpc.WithContextDialer(dialSocket),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(largestMessage)))
	if err != nil {
		return nil, fmt.Errorf("connect endpoint '%s', make sure you are running as root and the endpoint has been started: %w",
			endpoint, err)
	}
	return connection, nil
}

// readConfig fills what neither a flag nor the environment gave.
func (s *settings) readConfig() error {
	var file struct {
		RuntimeEndpoint string `json:"runtime-endpoint"`
		ImageEndpoint   string `json:"image-endpoint"`
		Timeout         int    `json:"timeout"`
	}
	text, err := os.ReadFile(s.config)
	if err != nil && (!os.IsNotExist(err) || s.flags.Changed("config")) {
		return fmt.Errorf("load config file: %w", err)
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		return fmt.Errorf("load config file %s: %w", s.config, err)
	}
	s.runtimeEndpoint = withScheme(firstOf(s.runtimeEndpoint, file.RuntimeEndpoint, defaultEndpoint))
	s.imageEndpoint = withScheme(firstOf(s.imageEndpoint, file.ImageEndpoint, s.runtimeEndpoint))
	if file.Timeout > 0 && !s.flags.Changed("timeout") {
		s.timeout = time.Duration(file.Timeout) * time.Second
	}
	return nil
}

func firstOf(values ...string) string {
	for _, value := range values {
		if value != "" {
			return value
		}
	}
	return ""
}

func withScheme(endpoint string) string {
	if strings.HasPrefix(endpoint, "/") {
		return "unix://" + endpoint
	}
	return endpoint
}
