// Command coredns stands in for CoreDNS, which Debian 12 does not package, in the image kubeadm 1.20 deploys. It serves
// the cluster's zone from the Kubernetes API, forwards other names, and answers the probes of kubeadm's Deployment. Of
// the Corefile it reads the zone and where to forward to.
// The zone follows https://github.com/kubernetes/dns/blob/master/docs/specification.md, version 1.1.0.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/miekg/dns"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

// version is set by the linker.
var version = "unknown"

func main() {
	corefile := flag.String("conf", "Corefile", "the Corefile to read")
	showVersion := flag.Bool("version", false, "print the version and exit")
	flag.Parse()
	if *showVersion {
		fmt.Println("coredns", version, "(kube-installer stand-in)")
		return
	}
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()
	if err := serve(ctx, *corefile); err != nil {
		log.Fatal(err)
	}
}

func serve(ctx context.Context, corefile string) error {
	text, err := os.ReadFile(corefile)
	if err != nil {
		return err
	}
	settings, err := parseCorefile(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w", corefile, err)
	}
	config, err := rest.InClusterConfig()
	if err != nil {
		return err
	}
	clientset, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	cluster := watchCluster(ctx, clientset)
	zone := &zone{name: settings.zone, cluster: cluster}
	server := &server{zone: zone, forward: forwarder{upstreams: settings.upstreams}}
	failed := make(chan error, 4)
	for _, network := range []string{"udp", "tcp"} {
		listener := &dns.Server{Addr: ":53", Net: network, Handler: server}
		go func() { failed <- listener.ListenAndServe() }()
	}
	go func() { failed <- serveProbes(cluster, server) }()
	log.Printf("serving %s, forwarding other names to %v", settings.zone, settings.upstreams)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return nil
	}
}
