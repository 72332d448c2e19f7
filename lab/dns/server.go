package main

import (
	"net"
	"strings"
	"sync/atomic"

	"github.com/miekg/dns"
)

// server answers queries from the zone and hands other names on.
type server struct {
	queries int64
	zone    *zone
	forward forwarder
}

// ServeDNS implements dns.Handler.
func (s *server) ServeDNS(writer dns.ResponseWriter, query *dns.Msg) {
	atomic.AddInt64(&s.queries, 1)
	reply := s.reply(query, writer.RemoteAddr().Network())
	reply.Compress = true
	if writer.RemoteAddr().Network() == "udp" {
		truncate(reply, udpSize(query))
	}
	// A client that went away is no concern of the others.
	_ = writer.WriteMsg(reply)
}

func (s *server) reply(query *dns.Msg, network string) *dns.Msg {
	reply := new(dns.Msg)
	if len(query.Question) != 1 || query.Opcode != dns.OpcodeQuery {
		return reply.SetRcode(query, dns.RcodeNotImplemented)
	}
	question := query.Question[0]
	name := strings.ToLower(question.Name)
	var found answer
	if s.zone.has(name) {
		found = s.zone.lookup(name, question.Qtype)
	} else if address := addressOf(name); address != "" && question.Qtype == dns.TypePTR {
		if found = s.zone.reverse(name, address); !found.exists {
			return s.forward.ask(query, network)
		}
	} else {
		return s.forward.ask(query, network)
	}
	reply.SetReply(query)
	reply.Authoritative = true
	reply.RecursionAvailable = len(s.forward.upstreams) > 0
	reply.Answer, reply.Extra = found.records, found.additional
	for _, record := range reply.Answer {
		record.Header().Name = question.Name
	}
	if !found.exists {
		reply.Rcode = dns.RcodeNameError
	}
	if len(reply.Answer) == 0 {
		reply.Ns = []dns.RR{s.zone.startOfAuthority()}
	}
	if option := query.IsEdns0(); option != nil {
		reply.SetEdns0(option.UDPSize(), false)
	}
	return reply
}

// addressOf turns 7.1.244.10.in-addr.arpa. into 10.244.1.7; empty for any other name.
func addressOf(name string) string {
	labels := dns.SplitDomainName(strings.TrimSuffix(name, "in-addr.arpa."))
	if !strings.HasSuffix(name, ".in-addr.arpa.") || len(labels) != 4 {
		return ""
	}
	address := net.ParseIP(labels[3] + "." + labels[2] + "." + labels[1] + "." + labels[0])
	if address == nil {
		return ""
	}
	return address.String()
}

func udpSize(query *dns.Msg) int {
	if option := query.IsEdns0(); option != nil && option.UDPSize() > dns.MinMsgSize {
		return int(option.UDPSize())
	}
	return dns.MinMsgSize
}

// truncate makes a reply fit into one datagram; the client asks again over TCP for what is cut off.
func truncate(reply *dns.Msg, size int) {
	for reply.Len() > size && len(reply.Extra) > 0 {
		reply.Extra = reply.Extra[:len(reply.Extra)-1]
	}
	for reply.Len() > size && len(reply.Answer) > 0 {
		reply.Answer = reply.Answer[:len(reply.Answer)-1]
		reply.Truncated = true
	}
}
