package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"text/template"

	"github.com/golang/protobuf/jsonpb"
	"github.com/golang/protobuf/proto"
	"github.com/spf13/pflag"
	"sigs.k8s.io/yaml"
)

const shortID = 13

// format is the value of --output with the template that may go with it.
type format struct {
	name, template string
}

func (f *format) addTo(flags *pflag.FlagSet, usual string) {
	flags.StringVarP(&f.name, "output", "o", usual, "output format, one of: json|yaml|go-template|table")
	flags.StringVar(&f.template, "template", "", "the template string is only used when output is go-template")
}

func (f *format) isTable() bool { return f.name == "" || f.name == "table" }

// print writes a message as the format says; for a table the caller has to write it.
func (f *format) print(message proto.Message) error {
	text, err := toJSON(message)
	if err != nil {
		return err
	}
	return f.printJSON([]byte(text))
}

// printStatus writes a status with the additional details the runtime gives about it, each under its own key.
func (f *format) printStatus(status proto.Message, info map[string]string) error {
	text, err := toJSON(status)
	if err != nil {
		return err
	}
	document := map[string]json.RawMessage{"status": json.RawMessage(text)}
	for key, value := range info {
		document[key] = json.RawMessage(value)
		if !json.Valid(document[key]) {
			if document[key], err = json.Marshal(value); err != nil {
				return err
			}
		}
	}
	raw, err := json.Marshal(document)
	if err != nil {
		return err
	}
	return f.printJSON(raw)
}

func (f *format) printJSON(raw []byte) error {
	var value interface{}
	if err := json.Unmarshal(raw, &value); err != nil {
		return err
	}
	switch f.name {
	case "yaml":
		text, err := yaml.JSONToYAML(raw)
		if err == nil {
			fmt.Print(string(text))
		}
		return err
	case "go-template":
		parsed, err := template.New("").Funcs(template.FuncMap{"json": jsonText}).Parse(f.template)
		if err != nil {
			return err
		}
		if err := parsed.Execute(os.Stdout, value); err != nil {
			return err
		}
		fmt.Println()
		return nil
	case "json", "table", "":
		text, err := json.MarshalIndent(value, "", "  ")
		if err == nil {
			fmt.Println(string(text))
		}
		return err
	}
	return fmt.Errorf("don't support %q format", f.name)
}

func jsonText(value interface{}) (string, error) {
	text, err := json.Marshal(value)
	return string(text), err
}

func toJSON(message proto.Message) (string, error) {
	return (&jsonpb.Marshaler{EmitDefaults: true, Indent: "  "}).MarshalToString(message)
}

// printTable writes rows in aligned columns.
func printTable(header []string, rows [][]string) error {
	writer := tabwriter.NewWriter(os.Stdout, 20, 1, 3, ' ', 0)
	for _, row := range append([][]string{header}, rows...) {
		fmt.Fprintln(writer, strings.Join(row, "\t"))
	}
	return writer.Flush()
}

func shorten(id string, full bool) string {
	id = strings.TrimPrefix(id, "sha256:")
	if full || len(id) <= shortID {
		return id
	}
	return id[:shortID]
}
