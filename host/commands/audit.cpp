#include <unistd.h>

#include <iostream>

#include "host/commands/commands.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/session.hpp"
#include "host/commands/terminal.hpp"

namespace host {

namespace {

constexpr std::size_t kShown = 40;

std::string record_text(const AuditRecord& record, const Terminal& terminal) {
  const Style style = record.phase == "failed"    ? Style::Bad
                      : record.decision == "deny" ? Style::Warn
                                                  : Style::Plain;
  std::string text = record.actor + " " + record.server + " " + record.tool + ": " +
                     record.decision + " (" + record.rule + ")";
  if (record.card) text += ", card " + std::to_string(*record.card);
  if (!record.ids.empty()) {
    text += ", " + record.ids.front();
    if (record.ids.size() > 1) text += " and " + std::to_string(record.ids.size() - 1) + " more";
  }
  const std::string label = padded(std::to_string(record.seq), 6) +
                            padded(record.at.substr(0, 19) + "Z", 22) + padded(record.phase, 9);
  return terminal.entry(label, plain(text), 37, style);
}

int show(const Options& options, std::size_t limit) {
  const Session session(options);
  std::vector<AuditRecord> records = session.audit.read();
  if (records.size() > limit)
    records.erase(records.begin(), records.end() - static_cast<std::ptrdiff_t>(limit));
  if (options.json) {
    print_json(to_json(records));
    return kDone;
  }
  const Terminal terminal = Terminal::of(STDOUT_FILENO);
  for (const AuditRecord& record : records) std::cout << record_text(record, terminal);
  return kDone;
}

int verify(const Options& options) {
  const Session session(options);
  const AuditReport report = session.audit.verify();
  if (options.json) {
    OutputJson json{{"records", report.records}, {"torn", report.torn}};
    if (report.bad) json["bad"] = *report.bad;
    if (!report.problem.empty()) json["problem"] = report.problem;
    print_json(json);
  } else if (report.problem.empty()) {
    std::cout << report.records << " records, all as they were written.\n";
    if (report.torn)
      std::cout << "The last line was cut off while it was written; its call was never made.\n";
  } else {
    std::cout << "The audit does not hold: " << report.problem << ". " << report.records
              << " records before it are as they were written.\n";
  }
  return report.problem.empty() ? kDone : kFailed;
}

}  // namespace

void add_audit(CLI::App& app, Run& run) {
  CLI::App* audit = add_subcommand(app, "audit", "What was decided and done");
  audit->require_subcommand(1);
  CLI::App* shown = add_subcommand(*audit, "show", "The last records");
  auto limit = std::make_shared<std::size_t>(kShown);
  shown->add_option("--limit", *limit, "How many")->capture_default_str();
  shown->callback(
      [&run, limit] { run = [limit](const Options& options) { return show(options, *limit); }; });
  add_subcommand(*audit, "verify", "Check that no record was changed, removed or swapped")
      ->callback([&run] { run = verify; });
}

}  // namespace host
