package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	pb "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
	apitest "k8s.io/cri-api/pkg/apis/testing"
	"k8s.io/kubernetes/pkg/kubelet/cri/remote/fake"
)

// startRuntime serves CRI on a socket: a ready pod `etcd` with one running container, a stopped pod `old`, one image.
func startRuntime(t *testing.T) (endpoint string, runtime *fake.RemoteRuntime) {
	endpoint = "unix://" + filepath.Join(t.TempDir(), "cri.sock")
	runtime = fake.NewFakeRemoteRuntime()
	if err := runtime.Start(endpoint); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(runtime.Stop)
	runtime.ImageService.SetFakeImages([]string{"k8s.gcr.io/pause:3.2"})
	runtime.RuntimeService.SetFakeSandboxes([]*apitest.FakePodSandbox{
		pod("aaaa", "etcd", pb.PodSandboxState_SANDBOX_READY), pod("bbbb", "old", pb.PodSandboxState_SANDBOX_NOTREADY),
	})
	logFile := filepath.Join(t.TempDir(), "0.log")
	log := "2026-01-02T03:04:05Z stdout P first half, \n2026-01-02T03:04:05Z stdout F second half\n" +
		"2026-01-02T03:04:06Z stdout F last line\n"
	if err := os.WriteFile(logFile, []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	runtime.RuntimeService.SetFakeContainers([]*apitest.FakeContainer{{
		SandboxID: "aaaa",
		ContainerStatus: pb.ContainerStatus{
			Id: "cccc", Metadata: &pb.ContainerMetadata{Name: "etcd"}, Image: &pb.ImageSpec{Image: "sha256:0123"},
			State: pb.ContainerState_CONTAINER_RUNNING, CreatedAt: time.Now().UnixNano(), LogPath: logFile,
		},
	}})
	return endpoint, runtime
}

func pod(id, name string, state pb.PodSandboxState) *apitest.FakePodSandbox {
	metadata := &pb.PodSandboxMetadata{Name: name, Namespace: "kube-system", Uid: id}
	status := pb.PodSandboxStatus{Id: id, Metadata: metadata, State: state, CreatedAt: time.Now().UnixNano()}
	return &apitest.FakePodSandbox{PodSandboxStatus: status}
}

// crictl runs a command line and returns what it wrote to stdout.
func crictl(t *testing.T, endpoint string, args ...string) (string, error) {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	original := os.Stdout
	os.Stdout = writer
	root := newRoot()
	root.SetArgs(append([]string{"-c", os.DevNull, "-r", endpoint}, args...))
	failure := root.Execute()
	os.Stdout = original
	writer.Close()
	output, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(output), failure
}

func succeed(t *testing.T, endpoint string, args ...string) string {
	t.Helper()
	output, err := crictl(t, endpoint, args...)
	if err != nil {
		t.Errorf("crictl %v: %v", args, err)
	}
	return output
}

func fail(t *testing.T, endpoint, want string, args ...string) {
	t.Helper()
	if _, err := crictl(t, endpoint, args...); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("crictl %v: got %v, want an error with %q", args, err, want)
	}
}

// What kubeadm 1.20 calls: cmd/kubeadm/app/util/runtime/runtime.go.
func TestCallsOfKubeadm(t *testing.T) {
	endpoint, runtime := startRuntime(t)
	if output := succeed(t, endpoint, "info"); !strings.Contains(output, `"type": "RuntimeReady"`) {
		t.Errorf("info: %s", output)
	}
	succeed(t, endpoint, "inspecti", "k8s.gcr.io/pause:3.2")
	fail(t, endpoint, `no such image "k8s.gcr.io/etcd:1" present`, "inspecti", "k8s.gcr.io/etcd:1")
	succeed(t, endpoint, "pull", "k8s.gcr.io/etcd:1")
	succeed(t, endpoint, "inspecti", "k8s.gcr.io/etcd:1")
	for _, id := range strings.Fields(succeed(t, endpoint, "pods", "-q")) {
		succeed(t, endpoint, "stopp", id)
		succeed(t, endpoint, "rmp", id)
	}
	if left := len(runtime.RuntimeService.Sandboxes); left != 0 {
		t.Errorf("%d pods are left", left)
	}
}

func TestListings(t *testing.T) {
	endpoint, _ := startRuntime(t)
	for _, one := range []struct{ line, want string }{
		{"pods -q --name etcd", "aaaa\n"},
		{"pods -q --name ^et", "aaaa\n"},
		{"pods -q --state notready", "bbbb\n"},
		{"pods -q --namespace default", ""},
		{"ps -q", "cccc\n"},
		{"ps -q --name nothing", ""},
		{"ps -q --state exited", ""},
		{"ps -q -p aaaa", "cccc\n"},
		{"inspect -o go-template --template {{.status.state}} cccc", "CONTAINER_RUNNING\n"},
		{"inspectp -o go-template --template {{.status.metadata.name}} aaaa", "etcd\n"},
		{"logs cccc", "first half, second half\nlast line\n"},
		{"logs --tail 1 cccc", "last line\n"},
		{"logs --tail 1 -t cccc", "2026-01-02T03:04:06Z last line\n"},
		{"logs --since 1s cccc", ""},
	} {
		if got := succeed(t, endpoint, strings.Fields(one.line)...); got != one.want {
			t.Errorf("crictl %s: got %q, want %q", one.line, got, one.want)
		}
	}
	for _, line := range []string{"pods", "ps", "images"} {
		if rows := strings.Count(succeed(t, endpoint, line), "\n"); rows < 2 {
			t.Errorf("crictl %s: %d rows, want a header and what there is", line, rows)
		}
		if text := succeed(t, endpoint, line, "-o", "json"); !strings.HasPrefix(text, "{") {
			t.Errorf("crictl %s -o json: %s", line, text)
		}
	}
}

func TestRunningThingsAreNotRemoved(t *testing.T) {
	endpoint, _ := startRuntime(t)
	fail(t, endpoint, "is running, please stop it first", "rmp", "aaaa")
	fail(t, endpoint, "is running, please stop it first", "rm", "cccc")
	succeed(t, endpoint, "rm", "-f", "cccc")
	succeed(t, endpoint, "rmp", "-f", "aaaa")
}

func TestMistakes(t *testing.T) {
	endpoint, _ := startRuntime(t)
	fail(t, endpoint, `no such command "nonsense"`, "nonsense")
	fail(t, endpoint, "unknown flag: --nonsense", "ps", "--nonsense")
	fail(t, endpoint, "requires at least 1 arg", "stopp")
	fail(t, endpoint, "ID cannot be empty", "rmi")
	fail(t, "unix:///nonexistent.sock", "make sure you are running as root", "info")
}
