#include "host/harness/ledger.hpp"

#include <algorithm>

#include "host/harness/catalogue.hpp"

namespace harness {

constexpr const char* kSuite = "generated";

Ledger::Entry& Ledger::entry(const Place& place) {
  const Key key{place.tool, std::string(place.check)};
  const auto [found, fresh] = entries_.try_emplace(key);
  if (fresh) order_.push_back(key);
  return found->second;
}

void Ledger::tried(const Place& place, const std::string& note) {
  Entry& one = entry(place);
  one.tried = true;
  if (!note.empty()) one.note = note;
}

void Ledger::finding(const Place& place, std::string problem, std::string line) {
  Entry& one = entry(place);
  one.tried = true;
  const bool known = std::ranges::any_of(
      one.findings, [&](const CheckResult& each) { return each.argument == place.argument; });
  if (known) return;
  if (one.findings.size() == kFindingsMax) {
    ++one.untold;
    return;
  }
  one.findings.push_back({.suite = kSuite,
                          .check = std::string(place.check),
                          .tool = place.tool,
                          .argument = place.argument,
                          .verdict = Verdict::Finding,
                          .problem = std::move(problem),
                          .line = std::move(line),
                          .advice = std::string(checks::advice(place.check))});
}

void Ledger::not_run(const Place& place, std::string why) {
  Entry& one = entry(place);
  if (one.not_run.empty()) one.not_run = std::move(why);
}

bool Ledger::has_finding(const Place& place) const {
  const auto found = entries_.find({place.tool, std::string(place.check)});
  return found != entries_.end() && !found->second.findings.empty();
}

std::vector<CheckResult> Ledger::take() {
  std::vector<CheckResult> results;
  for (const Key& key : order_) {
    Entry& one = entries_.at(key);
    if (one.untold > 0)
      one.findings.back().problem +=
          "\n(and " + std::to_string(one.untold) + " more arguments like it)";
    for (CheckResult& each : one.findings) results.push_back(std::move(each));
    if (!one.findings.empty()) continue;
    results.push_back({.suite = kSuite,
                       .check = key.second,
                       .tool = key.first,
                       .verdict = one.tried ? Verdict::Pass : Verdict::NotRun,
                       .problem = one.tried ? one.note : one.not_run});
  }
  return results;
}

}  // namespace harness
