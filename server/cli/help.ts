/** What `orderloom help` prints, and what follows the message when a command was misused. */
export const USAGE = `Usage: orderloom <command> [options]

  check [DIR] [--format text|json|github|markdown] [--roles ROLE,ROLE]
      Compiles the definitions in DIR (default: ./definitions) and lists every problem as file:line:column.
      --roles      the roles that people hold; a definition that names another one is reported

  check --explain CODE
      Says what a code means, what to do, and shows the smallest mistake that leads to it.

  explore TEMPLATE [--order ORDER.json] [--definitions DIR] [--json]
      Cancels a plan template in every state it can reach, and says where that is safe, refused, or leaves something behind.
      --order      the order to explore it with; one is made up from the order schema without it

  export-orders
      Prints all open orders with their journals and releases, one a line, personal data included, for "impact --orders".

  format [DIR] [--check]
      Gives every definition, layout and release file in DIR (default: ./definitions) its canonical text.
      --check      writes nothing; names the files that are not canonical and ends with 1

  merge-driver BASE OURS THEIRS [PATH]
      What Git calls to merge a file of definitions by rows, tasks and properties; definitions/README.md says how to set it up.
      Writes the result over OURS; ends with 1 on a conflict, with a sentence for each and markers around it.

  sheet export TABLE [--out FILE.xlsx|.csv] [--definitions DIR]
      Writes a decision table as a spreadsheet (default: TABLE.xlsx). CSV holds its rows alone.

  sheet import FILE.xlsx|.csv [--into TABLE] [--definitions DIR] [--dry-run]
      Reads decision tables from a spreadsheet, reports cell by cell, says in words what changes, and writes their files.
      --into       the table whose rows the sheet holds; an exported .xlsx knows it, any other sheet becomes a new table
      --dry-run    writes nothing

  impact --against DIR|GIT-REF|DIGEST [--orders FILE] [--format text|json|markdown]
      Says what a proposed release means for the orders under way: unaffected, could adopt it, blocked, and why.
      --against    definitions that are only proposed, in a folder or a Git reference, or the digest of a published release
      --orders     a file of "export-orders" instead of a running server

  migrate ORDER --to DIGEST [--yes --reason TEXT]
  migrate --all-adoptable --to DIGEST [--yes --reason TEXT]
      Says what moving an order, or all that can, to another release does; with --yes it is done, one order after the other.

  simulate ORDER.json [--faults SCRIPT.json] [--definitions DIR] [--at INSTANT] [--json]
      Runs an order through the interpreter on a virtual clock, without a server, and prints its timeline.
      ORDER.json   a TMF622 product order, or an order in the domain's own words
      --faults     a JSON list that says how the simulated systems behave and what people do; all succeed without it
      --at         the instant at which the order is accepted (default: now)
      --json       prints the event log instead, one journal entry a line; with --at it is the same every time

  table TABLE --input JSON [--definitions DIR] [--json]
      Asks one decision table, a key in DIR or a file by itself, and prints the rows that fired and what they answer.
      --input      values by column, such as '{ "age": 17 }', or facts, such as '{ "item": { "age": 17 } }'

  test [DIR] [--only KEY] [--format text|json|junit|markdown] [--coverage] [--min-coverage PERCENT]
      Runs the scenarios in DIR (default: ./definitions), and says what is not as expected and what no scenario reaches.
      --only          the scenario of that key alone
      --coverage      also lists the rows, dependencies and branches that no scenario reached
      --min-coverage  fails when they reach less of the release than that

  upgrade [DIR]
      Rewrites the definitions in DIR (default: ./definitions) in the version of the language that this program writes.

From draft to release, against a running server:

  diff BEFORE AFTER [--format text|markdown|json]
      Says in business words what changes between two folders or Git revisions (main, v1:definitions), whatever the layout of
      their files. A revision without a folder means its folder "definitions", else all of it.

  draft new NAME [--title TITLE]       begins a draft at what is live
  draft list | show NAME               all drafts; one with its changes in words
  draft get NAME [--dir DIR]           writes the draft's files into a new folder
  draft save NAME FILE... | --dir DIR  saves definitions, or all of a folder, as one commit [--message TEXT]
  draft update NAME                    takes in what was promoted meanwhile [--take draft|live where both changed the same]
  draft withdraw NAME [--reason WHY]   gives it up
  submit NAME --reason WHY             puts the draft's newest commit up for review [--title TITLE] [--dir DIR] [--migrated KIND/KEY,...]
      --dir        refuses when the folder differs from the draft
  review [NAME]                        what waits for review; or changes, checks and scenarios of one [--comment TEXT] [--request-changes WHY]
  approve NAME COMMIT [--reason WHY]   agrees to exactly this commit; nobody approves what they wrote
  promote NAME [--reason WHY]          makes what was approved the release of new orders
  rollback RELEASE --reason WHY        makes an older release the one of new orders again
  releases [FROM TO]                   what new orders were accepted under; or what differs between two releases
  order ORDER.json [--no-follow]       sends a TMF622 product order and follows it to its end

      --url        where the server is (default: ORDERLOOM_URL, else http://localhost:3000)
      --token      bearer token (default: ORDERLOOM_TOKEN)
      --as         on a demo server: a persona instead of a token, such as analyst, reviewer, release-manager

  help
      Prints this page.

Orders may hold {{now}}, {{now+P4D}}, {{now-PT2H}} and {{unique}}; they are filled when the order is read.
Exit codes: 0 done, 1 the definitions, the order or its fulfillment failed, 2 wrong use or nothing to work with.`;
