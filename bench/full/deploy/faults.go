package main

import (
	"context"
	"fmt"
	"time"

	"wxcloud/emulator"
	"wxcloud/emulator/faults"
)

// everyKind are faults of which together about 30 in 100 requests meet one. A
// deploy that gets stuck for good is not among them, nor a creation that the cloud
// fails: nothing but a person with the console can end these.
func everyKind(share float64) []faults.Rule {
	rule := func(on, do string, after bool, weight float64) faults.Rule {
		effect, err := faults.ParseEffect(do)
		if err != nil {
			panic(err) // a slip in this table
		}
		return faults.Rule{On: on, Do: effect, After: after, Probability: share * weight}
	}
	return []faults.Rule{
		rule("*", "latency:30ms", false, 0.2),
		rule("*", "status:503", false, 0.1),
		rule("*", "status:502", true, 0.1),
		rule("*", "status:429", false, 0.1),
		rule("*", "reset", false, 0.1),
		rule("*", "reset", true, 0.1),
		rule("*", "truncate", false, 0.05),
		rule("*", "truncate", true, 0.1),
		rule("*", "garbage", false, 0.05),
		rule("*", "garbage", true, 0.1),
		rule("getrandstr", "code:-1", false, 0.1),
		rule("getqcloudapisignature", "code:-1", false, 0.1),
		rule("*config", "code:-1", false, 0.1),
		rule("*", "error:InternalError:please try again", false, 0.05),
		rule("*", "error:RequestLimitExceeded:slow down", false, 0.05),
		rule("Update*", "fail:npm is out of order", false, 0.05),
	}
}

// faults deploys many functions through faults of every kind: twice, to create
// and to change them. A run that ends with failures is repeated, as its summary says.
func (b *bench) faults(ctx context.Context) error {
	count := b.options.functions
	if count == 0 {
		count = 200
	}
	c, err := b.open(ctx, "faults", b.seed)
	if err != nil {
		return err
	}
	defer c.close()
	calm, err := b.open(ctx, "calm", b.seed)
	if err != nil {
		return err
	}
	defer calm.close()
	p, err := b.project("faults", count, true)
	if err != nil {
		return err
	}
	same, err := b.project("calm", count, true)
	if err != nil {
		return err
	}
	for version, what := range []string{"created", "changed"} {
		if err := p.change(version); err != nil {
			return err
		}
		if err := same.change(version); err != nil {
			return err
		}
		before, err := c.functions(ctx)
		if err != nil {
			return err
		}
		if _, err := c.remote.AddFaults(ctx, everyKind(0.3)...); err != nil {
			return err
		}
		c.count()
		runs, began, left := 0, time.Now(), ""
		for {
			runs++
			r, err := b.deploy(ctx, c, p)
			if err != nil {
				return err
			}
			if r.status == 0 {
				break
			}
			left += fmt.Sprintf(" run %d ended with %d;", runs, r.status)
			if b.verbose {
				fmt.Println(r.stdout)
			}
			if runs == 10 {
				return r.failure("the tenth wxcloud deploy")
			}
		}
		requests, _ := c.count()
		struck := 0
		s, err := c.remote.Status(ctx)
		if err != nil {
			return err
		}
		failed := 0
		for _, f := range s.Faults {
			struck += f.Struck
			if f.Do.Kind == faults.Fail {
				failed += f.Struck
			}
		}
		if err := c.remote.ClearFaults(ctx); err != nil {
			return err
		}
		if err := c.settled(ctx, b, p); err != nil {
			return err
		}
		if _, err := b.deployed(ctx, calm, same); err != nil {
			return err
		}
		twice, err := compare(ctx, c, calm, before)
		if err != nil {
			return err
		}
		fmt.Printf("faults: %d functions %s in %d run(s), %s: %d of %d requests met a fault (%.0f%%);%s code sent more than once without need: %d (deploys that the cloud failed: %d); state equal to a run without faults\n",
			count, what, runs, time.Since(began).Round(10*time.Millisecond), struck, requests, 100*float64(struck)/float64(requests), left, max(0, twice-failed), failed)
		if twice > failed {
			return fmt.Errorf("%d functions' code was taken more often than needed, %d deploys were failed by the cloud", twice, failed)
		}
	}
	return nil
}

// compare holds the cloud against one that saw no faults. It returns how many
// deploys of code there were beyond one for each function.
func compare(ctx context.Context, c, calm *cloud, before map[string]emulator.FunctionStatus) (int, error) {
	got, err := c.functions(ctx)
	if err != nil {
		return 0, err
	}
	want, err := calm.functions(ctx)
	if err != nil {
		return 0, err
	}
	if len(got) != len(want) {
		return 0, fmt.Errorf("%d functions, without faults %d", len(got), len(want))
	}
	more := 0
	for name, f := range want {
		if settings(got[name]) != settings(f) {
			return 0, fmt.Errorf("%s differs: %s; without faults %s", name, settings(got[name]), settings(f))
		}
		more += got[name].Deploys - before[name].Deploys - 1
	}
	return more, nil
}
