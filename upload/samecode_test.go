package upload

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"

	"wxcloud/wxapi"
)

// fetching is a cloud whose code can be fetched.
type fetching struct {
	*memory
	fetched int
	err     error
}

func (f *fetching) Address(ctx context.Context, name string) (wxapi.Address, error) {
	a, err := f.memory.Address(ctx, name)
	a.URL = name
	return a, err
}

func (f *fetching) Download(_ context.Context, from wxapi.Address, w io.Writer) error {
	f.fetched++
	if f.err != nil {
		return f.err
	}
	_, err := w.Write(f.functions[from.URL].zip)
	return err
}

// elsewhere puts other code into the cloud, zipped by another program.
func (f *fetching) elsewhere(t *testing.T, name, modTime, index string) {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	file, err := w.Create("index.js")
	if err == nil {
		_, err = io.WriteString(file, index)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	f.functions[name].zip, f.functions[name].ModTime = b.Bytes(), modTime
}

// What another program uploaded is no drift when it is the same, whether it was
// changed here since the last deploy or not; what cannot be fetched is.
func TestSameCodeOfAnotherProgram(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		cloud := &fetching{memory: b.cloud}
		b.request = func(r *Request) { r.Cloud = cloud }
		b.mustDeploy()
		if cloud.fetched != 0 {
			t.Errorf("a first deploy fetched code")
		}
		const same, edited = "exports.main = async () => 1 // hello", "exports.main = 2"
		cloud.elsewhere(t, "hello", "2027-01-01 00:00:00", same)
		p := b.mustPlan()
		if f := p.Functions[0]; f.Code != CodeUnchanged || f.Drifted {
			t.Errorf("the same code: %s, drifted %v", f.Code, f.Drifted)
		}
		if _, err := b.run(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		cloud.fetched = 0
		if p := b.mustPlan(); p.Pending() || cloud.fetched != 0 {
			t.Errorf("it is not remembered: pending %v, fetched %d times", p.Pending(), cloud.fetched)
		}

		cloud.elsewhere(t, "hello", "2027-01-02 00:00:00", edited)
		if f := b.mustPlan().Functions[0]; f.Code != CodeDrifted || !f.Drifted {
			t.Errorf("other code: %s, drifted %v", f.Code, f.Drifted)
		}
		b.write("hello/index.js", edited)
		if f := b.mustPlan().Functions[0]; f.Code != CodeUnchanged || f.Drifted {
			t.Errorf("what was edited here and uploaded elsewhere: %s, drifted %v", f.Code, f.Drifted)
		}
		cloud.err = errors.New("gone")
		if f := b.mustPlan().Functions[0]; f.Code != CodeChanged || !f.Drifted {
			t.Errorf("code that cannot be fetched: %s, drifted %v", f.Code, f.Drifted)
		}
	})
}
