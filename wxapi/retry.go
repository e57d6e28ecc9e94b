package wxapi

import (
	"context"
	"crypto/tls"
	"errors"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// RetryOptions say how often and how fast a failed call is repeated.
type RetryOptions struct {
	Attempts uint          // all attempts, the first included; 0 means 8, of which 4 may find no connection or no answer in time
	First    time.Duration // before the second attempt; 0 means 500 ms
	Max      time.Duration // longest pause of our own choosing; 0 means 8 s
	// Notify, if set, is told before each pause.
	Notify func(err error, pause time.Duration)
}

// unreachedAttempts is how often a service is tried that cannot be reached or does
// not answer: who is offline should be told soon.
const unreachedAttempts = 4

// longestRetryAfter is how long a server may make us wait before it counts as
// a failure instead.
const longestRetryAfter = 2 * time.Minute

// Retrying repeats calls that failed for a passing reason. An action that is
// not safe to send twice is repeated only when it surely was not carried out.
func Retrying(t Transport, o RetryOptions) Transport {
	return retrying{t, o}
}

type retrying struct {
	Transport
	options RetryOptions
}

func (r retrying) Call(ctx context.Context, service, name, region string, body any) ([]byte, error) {
	a, _ := actionOf(service, name)
	return retry(ctx, r.options, a.repeatable, func() ([]byte, error) {
		return r.Transport.Call(ctx, service, name, region, body)
	})
}

// retry runs op until it succeeds, fails for good, or has been tried often enough.
func retry[T any](ctx context.Context, o RetryOptions, repeatable bool, op func() (T, error)) (T, error) {
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.MaxInterval, pauses.Multiplier = 500*time.Millisecond, 8*time.Second, 2
	if o.First > 0 {
		pauses.InitialInterval = o.First
	}
	if o.Max > 0 {
		pauses.MaxInterval = o.Max
	}
	attempts := o.Attempts
	if attempts == 0 {
		attempts = 8
	}
	options := []backoff.RetryOption{backoff.WithBackOff(pauses), backoff.WithMaxTries(attempts)}
	if o.Notify != nil {
		options = append(options, backoff.WithNotify(func(err error, d time.Duration) { o.Notify(bare(err), d) }))
	}
	tried := uint(0)
	v, err := backoff.Retry(ctx, func() (T, error) {
		v, err := op()
		if err == nil {
			return v, nil
		}
		tried++
		if n, ok := errors.AsType[*NetworkError](err); ok && (n.unreached || n.Timeout) && tried >= unreachedAttempts {
			return v, backoff.Permanent(err)
		}
		again, after := passing(err, repeatable)
		switch {
		case !again || after > longestRetryAfter:
			return v, backoff.Permanent(err)
		case after > 0:
			return v, &delayed{err, &backoff.RetryAfterError{Duration: after}}
		}
		return v, err
	}, options...)
	return v, bare(err)
}

// delayed joins an error with the pause the server asked for.
type delayed struct {
	error
	after *backoff.RetryAfterError
}

func (d *delayed) Unwrap() []error { return []error{d.error, d.after} }

// exhausted marks an error whose request was already repeated often enough.
type exhausted struct{ error }

func (e *exhausted) Unwrap() error { return e.error }

func bare(err error) error {
	if d, ok := errors.AsType[*delayed](err); ok {
		return d.error
	}
	if e, ok := errors.AsType[*exhausted](err); ok {
		return e.error
	}
	return err
}

// passing reports whether err may go away by itself and repeating is safe, and
// the pause the server asked for.
func passing(err error, repeatable bool) (bool, time.Duration) {
	if _, ok := errors.AsType[*exhausted](err); ok {
		return false, 0
	}
	if n, ok := errors.AsType[*NetworkError](err); ok {
		if _, untrusted := errors.AsType[*tls.CertificateVerificationError](n.err); untrusted {
			return false, 0
		}
		return repeatable || !n.Sent, 0
	}
	e, ok := errors.AsType[*APIError](err)
	if !ok || !e.temporary() {
		return false, 0
	}
	// A service that says "too many requests" has not started the action.
	unstarted := e.Refused || e.Status == 429 || IsRate(err)
	return repeatable || unstarted, e.After
}
