package pack

import (
	"math"
	"sync"
	"sync/atomic"
)

// parallel does tasks 0 to count-1 with workers that each begin by making what
// they need. After an error no further task is begun; of several errors the one
// of the first task is returned, so that a repetition says the same.
func parallel(count, workers int, begin func() func(task int) error) error {
	var next, failed atomic.Int64
	failed.Store(math.MaxInt64)
	failures := make([]error, count)
	var group sync.WaitGroup
	for range max(1, workers) {
		group.Go(func() {
			do := begin()
			for {
				task := next.Add(1) - 1
				if task >= int64(count) || task > failed.Load() {
					return
				}
				if failures[task] = do(int(task)); failures[task] != nil {
					failed.Store(min(failed.Load(), task))
				}
			}
		})
	}
	group.Wait()
	for _, err := range failures {
		if err != nil {
			return err
		}
	}
	return nil
}
