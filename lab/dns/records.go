package main

import (
	"net"
	"strings"
	"time"

	"github.com/miekg/dns"
	v1 "k8s.io/api/core/v1"
)

// backend is one ready endpoint of a Service.
type backend struct {
	address net.IP
	// name is the host name of the endpoint, or its address with dashes.
	name  string
	named bool
	ports []v1.EndpointPort
}

func (z *zone) backends(service *v1.Service) []backend {
	endpoints, err := z.cluster.endpoints.Endpoints(service.Namespace).Get(service.Name)
	if err != nil {
		return nil
	}
	return backendsOf(endpoints)
}

func backendsOf(endpoints *v1.Endpoints) []backend {
	var result []backend
	for _, subset := range endpoints.Subsets {
		for _, address := range subset.Addresses {
			name := address.Hostname
			if name == "" {
				name = strings.NewReplacer(".", "-", ":", "-").Replace(address.IP)
			}
			result = append(result, backend{
				address: net.ParseIP(address.IP), name: name, named: address.Hostname != "", ports: subset.Ports,
			})
		}
	}
	return result
}

// ports gives SRV records for the ports of a Service with that name and protocol, or for all of them without a name.
// Those of a headless Service point at its endpoints.
func (z *zone) ports(name string, service *v1.Service, backends []backend, port, protocol string) answer {
	var result answer
	wanted := func(portName string, portProtocol v1.Protocol) bool {
		if port == "" {
			return portName != ""
		}
		return strings.EqualFold(portName, port) && strings.EqualFold(string(portProtocol), protocol)
	}
	add := func(target string, number int32, address net.IP) {
		result.records = append(result.records,
			&dns.SRV{Hdr: header(name, dns.TypeSRV), Weight: 100, Port: uint16(number), Target: target})
		kind := dns.TypeA
		if address.To4() == nil {
			kind = dns.TypeAAAA
		}
		result.additional = append(result.additional, addressRecords(target, kind, address)...)
	}
	base := z.serviceName(service.Name, service.Namespace)
	if service.Spec.ClusterIP != v1.ClusterIPNone {
		for _, one := range service.Spec.Ports {
			if wanted(one.Name, one.Protocol) {
				add(base, one.Port, net.ParseIP(service.Spec.ClusterIP))
			}
		}
	} else {
		for _, one := range backends {
			for _, endpointPort := range one.ports {
				if wanted(endpointPort.Name, endpointPort.Protocol) {
					add(one.name+"."+base, endpointPort.Port, one.address)
				}
			}
		}
	}
	result.exists = port == "" || len(result.records) > 0
	return result
}

func backendRecords(name string, kind uint16, backends []backend) []dns.RR {
	var records []dns.RR
	for _, one := range backends {
		records = append(records, addressRecords(name, kind, one.address)...)
	}
	return records
}

// addressRecords gives the A or AAAA record of an address when that is what is asked for.
func addressRecords(name string, kind uint16, address net.IP) []dns.RR {
	four := address.To4()
	switch {
	case kind == dns.TypeA && four != nil:
		return []dns.RR{&dns.A{Hdr: header(name, dns.TypeA), A: four}}
	case kind == dns.TypeAAAA && four == nil && address != nil:
		return []dns.RR{&dns.AAAA{Hdr: header(name, dns.TypeAAAA), AAAA: address}}
	}
	return nil
}

func (z *zone) apex(kind uint16) []dns.RR {
	switch kind {
	case dns.TypeSOA:
		return []dns.RR{z.startOfAuthority()}
	case dns.TypeNS:
		return []dns.RR{&dns.NS{Hdr: header(z.name, dns.TypeNS), Ns: "ns.dns." + z.name}}
	}
	return nil
}

// startOfAuthority goes with every negative answer and says how long that may be remembered.
func (z *zone) startOfAuthority() dns.RR {
	return &dns.SOA{
		Hdr: header(z.name, dns.TypeSOA), Ns: "ns.dns." + z.name, Mbox: "hostmaster." + z.name,
		Serial: uint32(time.Now().Unix()), Refresh: 7200, Retry: 1800, Expire: 86400, Minttl: timeToLive,
	}
}

func header(name string, kind uint16) dns.RR_Header {
	return dns.RR_Header{Name: name, Rrtype: kind, Class: dns.ClassINET, Ttl: timeToLive}
}
