// Package browser opens the sites that Minutebook makes in a real Chromium and
// looks at what readers get: that pages open without a complaint, from disk and
// over HTTP; that nothing scrolls sideways; that no document makes a script run,
// or leaves its place on the page; that all works without script, in the dark
// and on paper.
//
// It holds tests only and is a module of its own, so that nobody who builds
// Minutebook needs what drives a browser. To run them, install Chromium
// (apt-get install chromium) and say, in this folder,
//
//	go test ./...
//
// The tests fail where there is no Chromium. To look at the pages oneself,
//
//	go test -run TestShots -shots DIR
//
// writes pictures of one page of each type into DIR.
package browser
