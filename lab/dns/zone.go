package main

import (
	"net"
	"strings"

	"github.com/miekg/dns"
	v1 "k8s.io/api/core/v1"
)

const timeToLive = 30

// zone answers for the names of one cluster.
type zone struct {
	name    string
	cluster *cluster
}

// answer is what a name has. A name that exists without records of the asked type gives no records and no error.
type answer struct {
	exists     bool
	records    []dns.RR
	additional []dns.RR
}

// has tells whether a name belongs to the zone or, for reverse lookups, to an address the cluster knows.
func (z *zone) has(name string) bool { return dns.IsSubDomain(z.name, name) }

// lookup resolves a lower-case name in the zone.
func (z *zone) lookup(name string, kind uint16) answer {
	if name == z.name {
		return answer{exists: true, records: z.apex(kind)}
	}
	labels := dns.SplitDomainName(strings.TrimSuffix(name, z.name))
	last := len(labels) - 1
	switch {
	case len(labels) == 1 && labels[0] == "dns-version" && kind == dns.TypeTXT:
		text := &dns.TXT{Hdr: header(name, dns.TypeTXT), Txt: []string{"1.1.0"}}
		return answer{exists: true, records: []dns.RR{text}}
	case len(labels) == 1:
		return answer{exists: labels[0] == "dns-version" || labels[0] == "svc" || labels[0] == "pod"}
	case labels[last] == "pod" && len(labels) <= 3:
		return z.pod(name, labels[:last], kind)
	case labels[last] == "svc" && len(labels) == 2:
		return answer{exists: z.hasNamespace(labels[0])}
	case labels[last] == "svc":
		return z.service(name, labels[:last], kind)
	}
	return answer{}
}

// pod answers for 10-244-1-7.NAMESPACE.pod: the address is in the name, only the namespace must exist.
func (z *zone) pod(name string, labels []string, kind uint16) answer {
	if !z.hasNamespace(labels[len(labels)-1]) {
		return answer{}
	}
	if len(labels) == 1 {
		return answer{exists: true}
	}
	address := net.ParseIP(strings.ReplaceAll(labels[0], "-", "."))
	return answer{exists: address != nil, records: addressRecords(name, kind, address)}
}

// service answers for [_PORT._PROTOCOL | ENDPOINT].SERVICE.NAMESPACE.svc.
func (z *zone) service(name string, labels []string, kind uint16) answer {
	count := len(labels)
	service, err := z.cluster.services.Services(labels[count-1]).Get(labels[count-2])
	if err != nil {
		return answer{}
	}
	backends := z.backends(service)
	switch {
	case count == 2 && service.Spec.Type == v1.ServiceTypeExternalName:
		target := dns.Fqdn(service.Spec.ExternalName)
		return answer{exists: true, records: []dns.RR{&dns.CNAME{Hdr: header(name, dns.TypeCNAME), Target: target}}}
	case count == 2 && kind == dns.TypeSRV:
		return z.ports(name, service, backends, "", "")
	case count == 2 && service.Spec.ClusterIP != v1.ClusterIPNone:
		return answer{exists: true, records: addressRecords(name, kind, net.ParseIP(service.Spec.ClusterIP))}
	case count == 2:
		return answer{exists: true, records: backendRecords(name, kind, backends)}
	case count == 3:
		var named []backend
		for _, one := range backends {
			if one.name == labels[0] {
				named = append(named, one)
			}
		}
		return answer{exists: len(named) > 0, records: backendRecords(name, kind, named)}
	case count == 4 && strings.HasPrefix(labels[0], "_") && strings.HasPrefix(labels[1], "_"):
		found := z.ports(name, service, backends, labels[0][1:], labels[1][1:])
		if kind != dns.TypeSRV {
			found.records, found.additional = nil, nil
		}
		return found
	}
	return answer{}
}

// reverse resolves an address to the name of its Service, or of its endpoint when that has a host name.
func (z *zone) reverse(name, address string) answer {
	var records []dns.RR
	add := func(target string) {
		records = append(records, &dns.PTR{Hdr: header(name, dns.TypePTR), Ptr: target})
	}
	services, _ := z.cluster.serviceIndex.ByIndex(byAddress, address)
	for _, object := range services {
		service := object.(*v1.Service)
		add(z.serviceName(service.Name, service.Namespace))
	}
	endpoints, _ := z.cluster.endpointIndex.ByIndex(byAddress, address)
	for _, object := range endpoints {
		endpoints := object.(*v1.Endpoints)
		for _, one := range backendsOf(endpoints) {
			if one.address.String() == address && one.named {
				add(one.name + "." + z.serviceName(endpoints.Name, endpoints.Namespace))
			}
		}
	}
	return answer{exists: len(records) > 0, records: records}
}

func (z *zone) serviceName(name, namespace string) string {
	return name + "." + namespace + ".svc." + z.name
}

func (z *zone) hasNamespace(name string) bool {
	_, err := z.cluster.namespaces.Get(name)
	return err == nil
}
