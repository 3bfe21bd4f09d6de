#include <iostream>

#include "host/commands/commands.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/session.hpp"
#include "host/commands/terminal.hpp"

namespace host {

namespace {

using Understood = common::Understood;

const char* name_of(Understood::Kind kind) {
  switch (kind) {
    case Understood::Kind::None:
      return "none";
    case Understood::Kind::Instant:
      return "instant";
    case Understood::Kind::Interval:
      return "interval";
    case Understood::Kind::OpenAfter:
      return "open-after";
    case Understood::Kind::OpenBefore:
      return "open-before";
  }
  return "none";
}

void print_people(const Understood& understood) {
  if (understood.kind == Understood::Kind::None) {
    std::cout << (understood.problem.empty() ? "No date or time is in it."
                                             : plain(understood.problem))
              << "\n";
    return;
  }
  std::cout << name_of(understood.kind);
  if (understood.start) std::cout << ", from " << common::Times::spoken(*understood.start);
  if (understood.end) std::cout << ", to " << common::Times::spoken(*understood.end);
  std::cout << ", read from \"" << plain(understood.match) << "\"\n";
}

int when(const Options& options, const std::string& text) {
  const Config config;
  const common::Zone zone = find_zone(options, config);
  const auto clock = common::make_clock(options.now, options.clock, zone);
  const Understood understood = common::Times(*clock, zone).understand(text);
  if (!options.json) {
    print_people(understood);
    return understood.kind == Understood::Kind::None ? kFailed : kDone;
  }
  OutputJson json{{"kind", name_of(understood.kind)}};
  json["start"] = understood.start ? OutputJson(common::to_string(*understood.start)) : nullptr;
  json["end"] = understood.end ? OutputJson(common::to_string(*understood.end)) : nullptr;
  json["has_time"] = understood.has_time;
  json["match"] = understood.match;
  if (!understood.problem.empty()) json["problem"] = understood.problem;
  print_json(json);
  return kDone;
}

}  // namespace

void add_when(CLI::App& app, Run& run) {
  CLI::App* command = add_subcommand(app, "when", "What the words of a text say about time");
  auto words = std::make_shared<std::vector<std::string>>();
  command->add_option("text", *words, "The text")->required();
  command->callback([&run, words] {
    run = [words](const Options& options) {
      std::string text;
      for (const std::string& word : *words) text += (text.empty() ? "" : " ") + word;
      return when(options, text);
    };
  });
}

}  // namespace host
