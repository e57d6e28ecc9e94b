package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"wxcloud/emulator"
)

// digests are the hashes of the archives that the project's functions give.
func (b *bench) digests(ctx context.Context, c *cloud, p project) (map[string]string, error) {
	r, err := execute(ctx, p.dir, b.environment(c, false), b.program, "pack", "--json")
	if err != nil {
		return nil, err
	}
	var document struct {
		Functions []struct{ Function, SHA256 string }
	}
	if err := json.Unmarshal([]byte(r.stdout), &document); err != nil || r.status != 0 {
		return nil, r.failure("wxcloud pack")
	}
	all := map[string]string{}
	for _, f := range document.Functions {
		all[f.Function] = f.SHA256
	}
	return all, nil
}

// settled makes sure that the cloud has what the project says: the code of
// every function, Active, and its permissions.
func (c *cloud) settled(ctx context.Context, b *bench, p project) error {
	want, err := b.digests(ctx, c, p)
	if err != nil {
		return err
	}
	got, err := c.functions(ctx)
	if err != nil {
		return err
	}
	for _, name := range p.names {
		f := got[name]
		switch {
		case f.Status != "Active":
			return fmt.Errorf("%s is %q", name, f.Status)
		case f.CodeSHA != want[name]:
			return fmt.Errorf("%s has other code than the project: %s, not %s", name, f.CodeSHA, want[name])
		case p.permissions && !slices.Equal(f.Openapi, p.declared(name)):
			return fmt.Errorf("%s has the permissions %v, declared are %v", name, f.Openapi, p.declared(name))
		}
	}
	return nil
}

// settings is what has to be equal after every way to the same end.
func settings(f emulator.FunctionStatus) string {
	return fmt.Sprint(f.Name, f.Status, f.Runtime, f.Handler, f.MemoryMB, f.Timeout, f.Install, f.CodeSHA, f.Openapi, f.Triggers)
}
