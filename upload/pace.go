package upload

import (
	"context"
	"errors"
	"sync"
	"time"

	"wxcloud/wxapi"
)

// DefaultJobs is how many requests are under way at once.
const DefaultJobs = 8

// patience is how long a request is repeated to a platform that goes on saying
// that requests come too fast.
const patience = 3 * time.Minute

// Pace bounds the requests that are under way at once. The bound is halved when
// the platform says that they come too fast, and grows back by one each time as
// many as the bound have been answered. The zero Pace is not usable.
type Pace struct {
	mu        sync.Mutex
	most      int // what was asked for
	limit     int // what is allowed now
	running   int
	answered  int       // since the limit last changed
	halved    time.Time // when it was last
	admitted  int64     // requests ever let in
	threshold int64     // those let in when the limit was last halved
	waiting   []chan struct{}
}

// NewPace allows jobs requests at once; 0 means DefaultJobs.
func NewPace(jobs int) *Pace {
	if jobs <= 0 {
		jobs = DefaultJobs
	}
	return &Pace{most: jobs, limit: jobs}
}

// Limit is how many requests are allowed at once now.
func (p *Pace) Limit() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.limit
}

// TooFast halves the bound. Requests that were under way when it was last
// halved, or were answered in the same moment, say nothing new.
func (p *Pace) TooFast() { p.tooFast(0) }

// tooFast is TooFast of the request that was the n-th let in; 0 if not known.
func (p *Pace) tooFast(n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n != 0 && n <= p.threshold || n == 0 && time.Since(p.halved) < time.Second {
		return
	}
	p.limit, p.answered = max(1, p.limit/2), 0
	p.threshold, p.halved = p.admitted, time.Now()
}

// enter waits for a place, in the order of asking, and returns which request
// this is.
func (p *Pace) enter(ctx context.Context) (int64, error) {
	p.mu.Lock()
	if p.running < p.limit && len(p.waiting) == 0 {
		p.running++
		p.admitted++
		n := p.admitted
		p.mu.Unlock()
		return n, nil
	}
	turn := make(chan struct{})
	p.waiting = append(p.waiting, turn)
	p.mu.Unlock()
	select {
	case <-turn:
	case <-ctx.Done():
		p.mu.Lock()
		defer p.mu.Unlock()
		for i, c := range p.waiting {
			if c == turn {
				p.waiting = append(p.waiting[:i], p.waiting[i+1:]...)
				return 0, context.Cause(ctx)
			}
		}
		p.running-- // the turn came in the same moment
		p.admit()
		return 0, context.Cause(ctx)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.admitted++
	return p.admitted, nil
}

// leave gives the place back. fine tells that the platform did not complain.
func (p *Pace) leave(fine bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running--
	if fine {
		p.answered++
	}
	if p.answered >= p.limit && p.limit < p.most {
		p.limit, p.answered = p.limit+1, 0
	}
	p.admit()
}

// admit lets in who waits. The caller holds mu.
func (p *Pace) admit() {
	for p.running < p.limit && len(p.waiting) > 0 {
		close(p.waiting[0])
		p.waiting = p.waiting[1:]
		p.running++
	}
}

// do makes a request at this pace and repeats it while it is refused for
// coming too fast: such a request has not begun.
func (p *Pace) do(ctx context.Context, request func() error) error {
	pause := time.Second
	for start := time.Now(); ; {
		n, err := p.enter(ctx)
		if err != nil {
			return err
		}
		err = request()
		if !tooFast(err) {
			p.leave(true)
			return err
		}
		p.tooFast(n)
		p.leave(false)
		wait := jitter(pause)
		if e, ok := errors.AsType[*wxapi.APIError](err); ok && e.After > 0 {
			wait = e.After
		}
		if time.Since(start)+wait > patience {
			return err
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
		pause = min(pause*2, 20*time.Second)
	}
}

// tooFast reports whether the platform refused a request for its pace.
func tooFast(err error) bool { return err != nil && wxapi.IsRate(err) }

// paced is a Cloud whose requests keep to a pace.
type paced struct {
	cloud Cloud
	pace  *Pace
}

func (c paced) GetFunction(ctx context.Context, name string) (f wxapi.Function, err error) {
	err = c.pace.do(ctx, func() error { f, err = c.cloud.GetFunction(ctx, name); return err })
	return f, err
}

func (c paced) ListFunctions(ctx context.Context) (list []wxapi.Function, err error) {
	err = c.pace.do(ctx, func() error { list, err = c.cloud.ListFunctions(ctx); return err })
	return list, err
}

func (c paced) Address(ctx context.Context, name string) (a wxapi.Address, err error) {
	err = c.pace.do(ctx, func() error { a, err = c.cloud.Address(ctx, name); return err })
	return a, err
}

func (c paced) CreateFunction(ctx context.Context, f wxapi.NewFunction) error {
	return c.pace.do(ctx, func() error { return c.cloud.CreateFunction(ctx, f) })
}

func (c paced) UpdateFunctionConfiguration(ctx context.Context, f wxapi.Configuration) error {
	return c.pace.do(ctx, func() error { return c.cloud.UpdateFunctionConfiguration(ctx, f) })
}

func (c paced) UpdateFunctionCode(ctx context.Context, f wxapi.Code) error {
	return c.pace.do(ctx, func() error { return c.cloud.UpdateFunctionCode(ctx, f) })
}

func (c paced) SetTriggers(ctx context.Context, name string, triggers []wxapi.Trigger) error {
	return c.pace.do(ctx, func() error { return c.cloud.SetTriggers(ctx, name, triggers) })
}

func (c paced) DeleteTrigger(ctx context.Context, name, trigger string) error {
	return c.pace.do(ctx, func() error { return c.cloud.DeleteTrigger(ctx, name, trigger) })
}

// pacedStore is a PermissionStore whose requests keep to a pace.
type pacedStore struct {
	store PermissionStore
	pace  *Pace
}

func (s pacedStore) Get(ctx context.Context, env, function string) (list []string, err error) {
	err = s.pace.do(ctx, func() error { list, err = s.store.Get(ctx, env, function); return err })
	return list, err
}

func (s pacedStore) Set(ctx context.Context, env, function string, openapi []string) error {
	return s.pace.do(ctx, func() error { return s.store.Set(ctx, env, function, openapi) })
}
