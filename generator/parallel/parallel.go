// Package parallel does many small things on all processors.
package parallel

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls work for 0 to n-1, on as many goroutines as there are processors,
// until one call fails or ctx ends. It returns when all calls have returned,
// with the error of the call with the lowest index that failed, else that of
// ctx.
func Each(ctx context.Context, n int, work func(i int) error) error {
	var (
		next   atomic.Int64
		failed atomic.Bool
		mu     sync.Mutex
		first  = n
		cause  error
		wg     sync.WaitGroup
	)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for !failed.Load() && ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := work(i); err != nil {
					failed.Store(true)
					mu.Lock()
					if i < first {
						first, cause = i, err
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	if cause != nil {
		return cause
	}
	return ctx.Err()
}
