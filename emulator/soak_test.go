package emulator_test

import (
	"os/exec"
	"testing"

	"wxcloud/emulator/soak"
)

// A short run of what bench/full/emulator does far longer.
func TestSoak(t *testing.T) {
	_, err := exec.LookPath("node")
	requests := 1500
	if testing.Short() {
		requests = 600
	}
	report, err := soak.Run(t.Context(), soak.Options{
		Dir: t.TempDir(), Requests: requests, Seed: 1, Workers: 4, Functions: 3, Invoke: err == nil,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", report)
	if report.Faulted == 0 || report.Restarts == 0 || report.Deploys == 0 || report.Permissions == 0 {
		t.Errorf("%+v", report)
	}
}
