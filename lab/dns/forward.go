package main

import (
	"time"

	"github.com/miekg/dns"
)

// forwarder hands queries to the resolvers of the node, in turn until one answers.
type forwarder struct {
	upstreams []string
}

// ask refuses when there is nobody to ask and reports a server failure when nobody answers.
func (f forwarder) ask(query *dns.Msg, network string) *dns.Msg {
	if len(f.upstreams) == 0 {
		return new(dns.Msg).SetRcode(query, dns.RcodeRefused)
	}
	client := &dns.Client{Net: network, Timeout: 2 * time.Second}
	for _, upstream := range f.upstreams {
		if reply, _, err := client.Exchange(query, upstream); err == nil {
			reply.Id = query.Id
			return reply
		}
	}
	return new(dns.Msg).SetRcode(query, dns.RcodeServerFailure)
}
