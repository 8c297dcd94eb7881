// Minutebook turns a folder of planning documents into a linked static site.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"minutebook/generator/cli"
)

func main() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1) // the exit code that a signal wants
	go func() {
		s := <-signals
		ended <- 128 + int(s.(syscall.Signal))
		cancel()
	}()
	dir, err := os.Getwd()
	if err != nil {
		os.Stderr.WriteString("minutebook: " + err.Error() + "\n")
		os.Exit(cli.Failed)
	}
	code := cli.Run(ctx, cli.Env{
		Args: os.Args[1:], Stdout: os.Stdout, Stderr: os.Stderr, Dir: dir,
		Getenv: os.Getenv, Now: time.Now, IsTTY: isTerminal(os.Stderr),
		Stdin: os.Stdin, Asks: isTerminal(os.Stdin) && isTerminal(os.Stdout), Colours: isTerminal(os.Stdout),
	})
	select {
	case code = <-ended:
	default:
	}
	os.Exit(code)
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }
