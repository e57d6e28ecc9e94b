package cmd

import (
	"context"
	"errors"
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

// readTail reads standard input to its end and keeps the last maxInput bytes:
// what went wrong stands at the end of a log. cut says that there was more. An
// even number of bytes is passed over, so that UTF-16 stays what it is.
func (a *app) readTail(ctx context.Context) (data []byte, cut bool, err error) {
	type read struct {
		data []byte
		cut  bool
		err  error
	}
	done := make(chan read, 1)
	go func() {
		var r read
		chunk := make([]byte, 1<<16)
		for r.err == nil && ctx.Err() == nil {
			var n int
			n, r.err = a.io.In.Read(chunk)
			r.data = append(r.data, chunk[:n]...)
			if len(r.data) > 2*maxInput {
				over := (len(r.data) - maxInput) &^ 1
				r.data, r.cut = append(r.data[:0], r.data[over:]...), true
			}
		}
		if over := (len(r.data) - maxInput) &^ 1; over > 0 {
			r.data, r.cut = r.data[over:], true
		}
		if errors.Is(r.err, io.EOF) {
			r.err = nil
		}
		done <- r
	}()
	select {
	case r := <-done:
		return r.data, r.cut, r.err
	case <-ctx.Done():
		return nil, false, context.Cause(ctx)
	}
}
