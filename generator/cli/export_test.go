package cli

// Command is the root of all commands, for the page that describes them.
var Command = command
