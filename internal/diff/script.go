package diff

import "slices"

// change puts the lines now[newStart:newEnd] in the place of old[oldStart:oldEnd].
type change struct{ oldStart, oldEnd, newStart, newEnd int }

// maxChanges bounds the search for the shortest way from one text to the other,
// whose time and memory grow with the square of the changes. Beyond it the whole
// part that differs is one change, which is as right and only longer.
const maxChanges = 1000

// script returns the changes in the order of the text: the fewest lines that
// differ, by the algorithm of Myers.
func script(old, now []string) []change {
	head := 0
	for head < len(old) && head < len(now) && old[head] == now[head] {
		head++
	}
	oldEnd, newEnd := len(old), len(now)
	for oldEnd > head && newEnd > head && old[oldEnd-1] == now[newEnd-1] {
		oldEnd, newEnd = oldEnd-1, newEnd-1
	}
	if oldEnd == head && newEnd == head { // nothing between them
		return nil
	}
	changes, ok := shortest(old[head:oldEnd], now[head:newEnd])
	if !ok {
		changes = []change{{0, oldEnd - head, 0, newEnd - head}}
	}
	for i := range changes {
		changes[i].oldStart, changes[i].oldEnd = changes[i].oldStart+head, changes[i].oldEnd+head
		changes[i].newStart, changes[i].newEnd = changes[i].newStart+head, changes[i].newEnd+head
	}
	return changes
}

// shortest walks the grid of both texts along its diagonals k = x - y: reach[k]
// is how far one gets on k with d steps that are not diagonal.
func shortest(old, now []string) ([]change, bool) {
	limit := min(len(old)+len(now), maxChanges)
	reach := make([]int, 2*limit+3)
	middle := limit + 1
	var trace [][]int // reach before each d, the part from -d to d
	for d := 0; d <= limit; d++ {
		trace = append(trace, slices.Clone(reach[middle-d-1:middle+d+2]))
		for k := -d; k <= d; k += 2 {
			x := step(reach[middle-d-1:], d, k)
			y := x - k
			for x < len(old) && y < len(now) && old[x] == now[y] {
				x, y = x+1, y+1
			}
			reach[middle+k] = x
			if x >= len(old) && y >= len(now) {
				return back(trace, len(old), len(now)), true
			}
		}
	}
	return nil, false
}

// step is the x at which a path with d steps enters diagonal k: one down from the
// diagonal above it or one to the right from the one below, whichever is further.
// reach begins at diagonal -d-1.
func step(reach []int, d, k int) int {
	below, above := reach[k-1+d+1], reach[k+1+d+1]
	if k == -d || k != d && below < above {
		return above
	}
	return below + 1
}

// back follows the path from the end to the beginning.
func back(trace [][]int, x, y int) []change {
	var changes []change
	for d := len(trace) - 1; d > 0; d-- {
		k := x - y
		entered := step(trace[d], d, k)
		c := change{entered, entered, entered - k, entered - k}
		if below := trace[d][k-1+d+1]; k == -d || k != d && below < trace[d][k+1+d+1] {
			c.newStart-- // down: a line more
		} else {
			c.oldStart-- // right: a line less
		}
		if n := len(changes) - 1; n >= 0 && changes[n].oldStart == c.oldEnd && changes[n].newStart == c.newEnd {
			changes[n].oldStart, changes[n].newStart = c.oldStart, c.newStart
		} else {
			changes = append(changes, c)
		}
		x, y = c.oldStart, c.newStart
	}
	slices.Reverse(changes)
	return changes
}
