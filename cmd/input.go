package cmd

import (
	"context"
	"io"
)

// maxInput is how much of standard input is read: a pasted log, an event.
const maxInput = 8 << 20

// readInput reads standard input. A read cannot be interrupted, so it goes on
// in the background when the user has had enough of it.
func (a *app) readInput(ctx context.Context) ([]byte, error) {
	type read struct {
		data []byte
		err  error
	}
	done := make(chan read, 1)
	go func() {
		data, err := io.ReadAll(io.LimitReader(a.io.In, maxInput))
		done <- read{data, err}
	}()
	select {
	case r := <-done:
		return r.data, r.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
