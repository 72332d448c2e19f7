package main

import (
	"context"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
)

// byAddress indexes Services and Endpoints by the addresses they have, for reverse lookups.
const byAddress = "address"

// cluster is a copy of the API objects names are made of, kept current by watches.
type cluster struct {
	namespaces      listers.NamespaceLister
	services        listers.ServiceLister
	endpoints       listers.EndpointsLister
	serviceIndex    cache.Indexer
	endpointIndex   cache.Indexer
	informersSynced []cache.InformerSynced
}

func watchCluster(ctx context.Context, clientset kubernetes.Interface) *cluster {
	factory := informers.NewSharedInformerFactory(clientset, 5*time.Minute)
	core := factory.Core().V1()
	namespaces, services, endpoints := core.Namespaces(), core.Services(), core.Endpoints()
	services.Informer().AddIndexers(cache.Indexers{byAddress: serviceAddresses})
	endpoints.Informer().AddIndexers(cache.Indexers{byAddress: endpointAddresses})
	watched := &cluster{
		namespaces:    namespaces.Lister(),
		services:      services.Lister(),
		endpoints:     endpoints.Lister(),
		serviceIndex:  services.Informer().GetIndexer(),
		endpointIndex: endpoints.Informer().GetIndexer(),
		informersSynced: []cache.InformerSynced{
			namespaces.Informer().HasSynced, services.Informer().HasSynced, endpoints.Informer().HasSynced,
		},
	}
	factory.Start(ctx.Done())
	return watched
}

// synced tells whether everything that existed at the start has been read.
func (c *cluster) synced() bool {
	for _, synced := range c.informersSynced {
		if !synced() {
			return false
		}
	}
	return true
}

func serviceAddresses(object interface{}) ([]string, error) {
	service, ok := object.(*v1.Service)
	if !ok {
		return nil, nil
	}
	return []string{service.Spec.ClusterIP}, nil
}

func endpointAddresses(object interface{}) ([]string, error) {
	endpoints, ok := object.(*v1.Endpoints)
	if !ok {
		return nil, nil
	}
	var addresses []string
	for _, subset := range endpoints.Subsets {
		for _, address := range subset.Addresses {
			addresses = append(addresses, address.IP)
		}
	}
	return addresses, nil
}
