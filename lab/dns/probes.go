package main

import (
	"fmt"
	"net/http"
	"sync/atomic"
)

// serveProbes answers where kubeadm's Deployment asks: liveness on 8080, readiness on 8181, metrics on 9153.
func serveProbes(cluster *cluster, server *server) error {
	failed := make(chan error, 3)
	listen := func(address, path string, handle http.HandlerFunc) {
		mux := http.NewServeMux()
		mux.HandleFunc(path, handle)
		go func() { failed <- http.ListenAndServe(address, mux) }()
	}
	listen(":8080", "/health", func(writer http.ResponseWriter, _ *http.Request) { fmt.Fprint(writer, "OK") })
	listen(":8181", "/ready", func(writer http.ResponseWriter, _ *http.Request) {
		if !cluster.synced() {
			writer.WriteHeader(http.StatusServiceUnavailable)
			fmt.Fprint(writer, "kubernetes")
			return
		}
		fmt.Fprint(writer, "OK")
	})
	listen(":9153", "/metrics", func(writer http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(writer, "# HELP kube_installer_dns_requests_total Queries received.\n")
		fmt.Fprint(writer, "# TYPE kube_installer_dns_requests_total counter\n")
		fmt.Fprintf(writer, "kube_installer_dns_requests_total %d\n", atomic.LoadInt64(&server.queries))
	})
	return <-failed
}
