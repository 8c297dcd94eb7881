package output

import "testing"

// Each file has its turn once, whatever the numbers of files and processors.
func TestSpreadIsAPermutation(t *testing.T) {
	for n := range 40 {
		for workers := 1; workers < 9; workers++ {
			turn, seen := spread(n, workers), make([]bool, n)
			for i := range n {
				if j := turn(i); j < 0 || j >= n || seen[j] {
					t.Fatalf("%d files, %d processors: file %d comes at %d", n, workers, j, i)
				} else {
					seen[j] = true
				}
			}
		}
	}
}
