package main

import (
	"errors"
	"net"
	"regexp"
	"strings"

	"github.com/miekg/dns"
)

// settings is what a Corefile says that this server acts on.
type settings struct {
	zone string
	// upstreams are addresses with ports; empty when other names are refused.
	upstreams []string
}

var (
	kubernetesPlugin = regexp.MustCompile(`(?m)^\s*kubernetes\s+(\S+)`)
	forwardPlugin    = regexp.MustCompile(`(?m)^\s*forward\s+\.\s+([^{\n]+)`)
)

func parseCorefile(text string) (settings, error) {
	zone := kubernetesPlugin.FindStringSubmatch(text)
	if zone == nil {
		return settings{}, errors.New("no zone after the word kubernetes")
	}
	result := settings{zone: dns.Fqdn(strings.ToLower(zone[1]))}
	forward := forwardPlugin.FindStringSubmatch(text)
	if forward == nil {
		return result, nil
	}
	for _, target := range strings.Fields(forward[1]) {
		addresses, err := upstreamsOf(target)
		if err != nil {
			return settings{}, err
		}
		result.upstreams = append(result.upstreams, addresses...)
	}
	return result, nil
}

// upstreamsOf takes an address, with or without a port, or a file like /etc/resolv.conf.
func upstreamsOf(target string) ([]string, error) {
	if !strings.HasPrefix(target, "/") {
		if _, _, err := net.SplitHostPort(target); err == nil {
			return []string{target}, nil
		}
		return []string{net.JoinHostPort(target, "53")}, nil
	}
	config, err := dns.ClientConfigFromFile(target)
	if err != nil {
		return nil, err
	}
	var addresses []string
	for _, server := range config.Servers {
		addresses = append(addresses, net.JoinHostPort(server, config.Port))
	}
	return addresses, nil
}
