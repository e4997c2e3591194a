// Command plan plans a statement without running it. vtexplain also runs it, on tablets that know
// neither the definition of tables nor the types of a NULL column. It reads {"keyspaces": …, "keyspace": …, "sql": …} from its input, and writes the plan as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"vitess.io/vitess/go/json2"
	"vitess.io/vitess/go/test/vschemawrapper"
	vschemapb "vitess.io/vitess/go/vt/proto/vschema"
	"vitess.io/vitess/go/vt/vtenv"
	"vitess.io/vitess/go/vt/vtgate/engine"
	"vitess.io/vitess/go/vt/vtgate/planbuilder"
	"vitess.io/vitess/go/vt/vtgate/vindexes"
)

// session is the wrapper of Vitess's own tests, with one keyspace that the client has chosen.
type session struct {
	*vschemawrapper.VSchemaWrapper
}

func (s session) AnyKeyspace() (*vindexes.Keyspace, error)         { return s.Keyspace, nil }
func (s session) SelectedKeyspace() (*vindexes.Keyspace, error)    { return s.Keyspace, nil }
func (s session) FirstSortedKeyspace() (*vindexes.Keyspace, error) { return s.Keyspace, nil }

type question struct {
	Keyspaces json.RawMessage `json:"keyspaces"`
	Keyspace  string          `json:"keyspace"`
	SQL       string          `json:"sql"`
}

func main() {
	if err := answer(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "ERROR:", err)
		os.Exit(1)
	}
}

func answer(input io.Reader, output io.Writer) error {
	var asked question
	if err := json.NewDecoder(input).Decode(&asked); err != nil {
		return err
	}
	env, err := vtenv.New(vtenv.Options{MySQLServerVersion: "8.4.6-Vitess"})
	if err != nil {
		return err
	}
	// The lenient parser, which vtgate uses, accepts a definition that it reads in part only.
	if _, err := env.Parser().ParseStrictDDL(asked.SQL); err != nil {
		return err
	}
	plan, err := plan(env, asked)
	if err != nil {
		return err
	}
	return json.NewEncoder(output).Encode(plan)
}

func plan(env *vtenv.Environment, asked question) (engine.PrimitiveDescription, error) {
	var source vschemapb.SrvVSchema
	var none engine.PrimitiveDescription
	keyspaces := fmt.Sprintf(`{"keyspaces": %s}`, asked.Keyspaces)
	if err := json2.UnmarshalPB([]byte(keyspaces), &source); err != nil {
		return none, err
	}
	vschema := vindexes.BuildVSchema(&source, env.Parser())
	for name, keyspace := range vschema.Keyspaces {
		if keyspace.Error != nil {
			return none, fmt.Errorf("keyspace %s: %w", name, keyspace.Error)
		}
	}
	wrapper, err := vschemawrapper.NewVschemaWrapper(env, vschema, planbuilder.TestBuilder)
	if err != nil {
		return none, err
	}
	wrapper.Keyspace = vschema.Keyspaces[asked.Keyspace].Keyspace
	built, err := planbuilder.TestBuilder(asked.SQL, session{wrapper}, asked.Keyspace)
	if err != nil {
		return none, err
	}
	return engine.PrimitiveToPlanDescription(built.Instructions, nil), nil
}
