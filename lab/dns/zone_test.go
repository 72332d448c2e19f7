package main

import (
	"context"
	"fmt"
	"net"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"
	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/fake"
)

func object(namespace, name string) metav1.ObjectMeta {
	return metav1.ObjectMeta{Namespace: namespace, Name: name}
}

// startServer serves a cluster with a normal, a headless and an external Service in the namespace shop.
func startServer(t *testing.T, upstreams ...string) *server {
	http := []v1.ServicePort{{Name: "http", Port: 80, Protocol: v1.ProtocolTCP}, {Port: 9000, Protocol: v1.ProtocolTCP}}
	addresses := []v1.EndpointAddress{{IP: "10.244.1.7", Hostname: "db-0"}, {IP: "10.244.2.9"}}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	watched := watchCluster(ctx, fake.NewSimpleClientset(
		&v1.Namespace{ObjectMeta: object("", "shop")},
		&v1.Service{ObjectMeta: object("shop", "web"), Spec: v1.ServiceSpec{ClusterIP: "10.96.0.20", Ports: http}},
		&v1.Service{ObjectMeta: object("shop", "db"), Spec: v1.ServiceSpec{ClusterIP: v1.ClusterIPNone}},
		&v1.Endpoints{ObjectMeta: object("shop", "db"), Subsets: []v1.EndpointSubset{{
			Addresses: addresses, Ports: []v1.EndpointPort{{Name: "sql", Port: 5432, Protocol: v1.ProtocolTCP}},
		}}},
		&v1.Service{ObjectMeta: object("shop", "mail"), Spec: v1.ServiceSpec{
			Type: v1.ServiceTypeExternalName, ExternalName: "mail.example.com",
		}},
	))
	for deadline := time.Now().Add(10 * time.Second); !watched.synced(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the watches did not start")
		}
	}
	return &server{zone: &zone{name: "cluster.local.", cluster: watched}, forward: forwarder{upstreams: upstreams}}
}

// ask gives the answer in one line: the code, then what each record says.
func ask(s *server, name, kind string) string {
	query := new(dns.Msg).SetQuestion(name, dns.StringToType[kind])
	reply := s.reply(query, "udp")
	var lines []string
	for _, record := range reply.Answer {
		fields := strings.Fields(record.String())
		lines = append(lines, strings.Join(fields[3:], " "))
	}
	sort.Strings(lines)
	return strings.Join(append([]string{dns.RcodeToString[reply.Rcode]}, lines...), " | ")
}

func TestZone(t *testing.T) {
	s := startServer(t)
	for _, one := range []struct{ name, kind, want string }{
		{"web.shop.svc.cluster.local.", "A", "NOERROR | A 10.96.0.20"},
		{"WEB.Shop.svc.Cluster.Local.", "A", "NOERROR | A 10.96.0.20"},
		{"web.shop.svc.cluster.local.", "AAAA", "NOERROR"},
		{"web.shop.svc.cluster.local.", "SRV", "NOERROR | SRV 0 100 80 web.shop.svc.cluster.local."},
		{"_http._tcp.web.shop.svc.cluster.local.", "SRV", "NOERROR | SRV 0 100 80 web.shop.svc.cluster.local."},
		{"_http._udp.web.shop.svc.cluster.local.", "SRV", "NXDOMAIN"},
		{"db.shop.svc.cluster.local.", "A", "NOERROR | A 10.244.1.7 | A 10.244.2.9"},
		{"db-0.db.shop.svc.cluster.local.", "A", "NOERROR | A 10.244.1.7"},
		{"10-244-2-9.db.shop.svc.cluster.local.", "A", "NOERROR | A 10.244.2.9"},
		{"db-7.db.shop.svc.cluster.local.", "A", "NXDOMAIN"},
		{"_sql._tcp.db.shop.svc.cluster.local.", "SRV",
			"NOERROR | SRV 0 100 5432 10-244-2-9.db.shop.svc.cluster.local. | SRV 0 100 5432 db-0.db.shop.svc.cluster.local."},
		{"mail.shop.svc.cluster.local.", "A", "NOERROR | CNAME mail.example.com."},
		{"10-244-1-7.shop.pod.cluster.local.", "A", "NOERROR | A 10.244.1.7"},
		{"10-244-1-7.nowhere.pod.cluster.local.", "A", "NXDOMAIN"},
		{"7.1.244.10.in-addr.arpa.", "PTR", "NOERROR | PTR db-0.db.shop.svc.cluster.local."},
		{"20.0.96.10.in-addr.arpa.", "PTR", "NOERROR | PTR web.shop.svc.cluster.local."},
		{"dns-version.cluster.local.", "TXT", "NOERROR | TXT \"1.1.0\""},
		{"shop.svc.cluster.local.", "A", "NOERROR"},
		{"nothing.shop.svc.cluster.local.", "A", "NXDOMAIN"},
		{"web.nowhere.svc.cluster.local.", "A", "NXDOMAIN"},
		{"cluster.local.", "NS", "NOERROR | NS ns.dns.cluster.local."},
		{"example.com.", "A", "REFUSED"},
		{"1.0.0.127.in-addr.arpa.", "PTR", "REFUSED"},
	} {
		if got := ask(s, one.name, one.kind); got != one.want {
			t.Errorf("%s %s: got %q, want %q", one.name, one.kind, got, one.want)
		}
	}
}

func TestNegativeAnswersSayHowLongTheyHold(t *testing.T) {
	reply := startServer(t).reply(new(dns.Msg).SetQuestion("nothing.shop.svc.cluster.local.", dns.TypeA), "udp")
	if len(reply.Ns) != 1 || reply.Ns[0].Header().Rrtype != dns.TypeSOA {
		t.Errorf("got %v in the authority section, want one SOA record", reply.Ns)
	}
}

// listen starts a resolver on this machine and returns its address.
func listen(t *testing.T, handler dns.HandlerFunc) string {
	connection, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	resolver := &dns.Server{PacketConn: connection, Handler: handler}
	go resolver.ActivateAndServe()
	t.Cleanup(func() { connection.Close() })
	return connection.LocalAddr().String()
}

func TestOtherNamesAreForwarded(t *testing.T) {
	upstream := listen(t, func(writer dns.ResponseWriter, query *dns.Msg) {
		reply := new(dns.Msg).SetReply(query)
		reply.Answer = addressRecords(query.Question[0].Name, dns.TypeA, net.ParseIP("192.0.2.1"))
		writer.WriteMsg(reply)
	})
	if got := ask(startServer(t, "127.0.0.1:1", upstream), "example.com.", "A"); got != "NOERROR | A 192.0.2.1" {
		t.Errorf("got %q", got)
	}
	if got := ask(startServer(t, "127.0.0.1:1"), "example.com.", "A"); got != "SERVFAIL" {
		t.Errorf("got %q from a server whose upstream is away, want SERVFAIL", got)
	}
}

func TestLargeAnswersFitIntoADatagram(t *testing.T) {
	query := new(dns.Msg).SetQuestion("many.shop.svc.cluster.local.", dns.TypeA)
	reply := new(dns.Msg).SetReply(query)
	for last := 0; last < 200; last++ {
		address := net.ParseIP(fmt.Sprintf("10.244.0.%d", last))
		reply.Answer = append(reply.Answer, addressRecords("many.shop.svc.cluster.local.", dns.TypeA, address)...)
	}
	truncate(reply, udpSize(query))
	packed, err := reply.Pack()
	if err != nil || len(packed) > dns.MinMsgSize || !reply.Truncated || len(reply.Answer) == 0 {
		t.Errorf("got %d bytes with %d records, truncated %v, %v", len(packed), len(reply.Answer), reply.Truncated, err)
	}
}

func TestCorefile(t *testing.T) {
	got, err := parseCorefile(".:53 {\n  kubernetes Example.Local in-addr.arpa {\n  }\n  forward . 192.0.2.1 192.0.2.2:5353 {\n  }\n}")
	want := settings{zone: "example.local.", upstreams: []string{"192.0.2.1:53", "192.0.2.2:5353"}}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if _, err := parseCorefile(".:53 {\n errors\n}"); err == nil {
		t.Error("a Corefile without a zone was accepted")
	}
}
