package cli_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"minutebook/generator/cli"
)

// In stories the command minutebook is this program, on 2 April 2018, and asked
// is the same with somebody at a terminal.
func TestMain(m *testing.M) {
	run := func(asks bool) func() {
		return func() {
			dir, err := os.Getwd()
			if err != nil {
				panic(err)
			}
			os.Exit(cli.Run(context.Background(), cli.Env{
				Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Dir: dir, Getenv: os.Getenv, Asks: asks, Colours: asks,
				Now: func() time.Time { return time.Date(2018, 4, 2, 12, 0, 0, 0, time.UTC) },
			}))
		}
	}
	testscript.Main(m, map[string]func(){"minutebook": run(false), "asked": run(true)})
}

// The files of testdata are stories: what somebody types and what happens.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
		},
	})
}

// exits runs "exits CODE COMMAND ARGS…" and fails unless the command ends with
// that exit code; its output is there for stdout and stderr.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		code = string(rune('0' + exit.ExitCode()))
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if code != args[0] {
		ts.Fatalf("exit code %s, want %s", code, args[0])
	}
}
