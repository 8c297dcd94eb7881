package parallel

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
)

func TestEachCallsAllOnce(t *testing.T) {
	const n = 1000
	var calls [n]atomic.Int32
	if err := Each(context.Background(), n, func(i int) error { calls[i].Add(1); return nil }); err != nil {
		t.Fatal(err)
	}
	for i := range calls {
		if got := calls[i].Load(); got != 1 {
			t.Errorf("%d was called %d times", i, got)
		}
	}
}

func TestEachStopsAtAnError(t *testing.T) {
	bad := errors.New("bad")
	err := Each(context.Background(), 1_000_000, func(i int) error {
		if i == 3 {
			return bad
		}
		return nil
	})
	if err != bad {
		t.Errorf("got %v", err)
	}
}

func TestEachStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var calls atomic.Int32
	err := Each(ctx, 1_000_000, func(int) error {
		if calls.Add(1) == 10 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || calls.Load() > 1000 {
		t.Errorf("got %v after %d calls", err, calls.Load())
	}
}
