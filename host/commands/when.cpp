#include <cstdlib>
#include <iostream>
#include <optional>

#include "host/commands/commands.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/session.hpp"
#include "host/commands/terminal.hpp"

namespace host {

namespace {

using Understood = common::Understood;

constexpr std::size_t kDateSize = 10;    ///< "2026-03-16"
constexpr std::size_t kMinuteSize = 16;  ///< "2026-03-16T09:00"
constexpr std::size_t kLineMax = 65'536;

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

OutputJson to_json(const Understood& understood) {
  OutputJson json{{"kind", name_of(understood.kind)}};
  json["start"] = understood.start ? OutputJson(common::to_string(*understood.start)) : nullptr;
  json["end"] = understood.end ? OutputJson(common::to_string(*understood.end)) : nullptr;
  json["has_time"] = understood.has_time;
  json["match"] = understood.match;
  if (!understood.problem.empty()) json["problem"] = understood.problem;
  return json;
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
  if (!understood.problem.empty()) std::cout << "Unsure: " << plain(understood.problem) << "\n";
}

int when(const Options& options, const std::string& text) {
  const Config config;
  const common::Zone zone = find_zone(options, config);
  const auto clock = common::make_clock(options.now, options.clock, zone);
  const Understood understood = common::Times(*clock, zone).understand(text);
  if (options.json) {
    print_json(to_json(understood));
    return kDone;
  }
  print_people(understood);
  return understood.kind == Understood::Kind::None ? kFailed : kDone;
}

/// "2026-03-16T09:00:00+01:00", or without offset as the zone's local time.
std::optional<common::Time> time_in(std::string text, const common::Zone& zone) {
  common::Time time;
  if (!parse(text, time) && !time.date) return zone.at(time.at);
  if (text.size() > kDateSize && text[kDateSize] == ' ') text[kDateSize] = 'T';
  if (text.size() == kMinuteSize) text += ":00";
  if (parse(text + "Z", time)) return std::nullopt;
  return zone.at(zone.to_utc(time.local()));
}

/// The zone of a line: named, or told as an offset, or that of its `now`; else the user's.
std::optional<common::Zone> zone_of(const std::string& name, const std::string& now,
                                    const common::Zone& users) {
  if (!name.empty() && name.find_first_of("+-") != 0) return common::Zone::find(name);
  const std::string stamp = name.empty() ? now : "2000-01-01T00:00:00" + name;
  common::Time time;
  if (parse(stamp, time) || time.date) return name.empty() ? std::optional(users) : std::nullopt;
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(time.offset);
  if (hours != time.offset) return name.empty() ? std::optional(users) : std::nullopt;
  if (hours == std::chrono::hours{}) return common::Zone::utc();
  const auto count = hours.count();  // POSIX counts west of Greenwich
  return common::Zone::find("Etc/GMT" + std::string(count < 0 ? "+" : "-") +
                            std::to_string(std::abs(count)));
}

OutputJson error(const std::string& what) {
  return OutputJson{{"error", what}};
}

OutputJson answer_to(const std::string& line, const Options& options, const common::Zone& users) {
  if (line.size() > kLineMax) return error("expected a line of at most 64 KiB");
  const OutputJson request = OutputJson::parse(line, nullptr, false);
  if (!request.is_object()) {
    return error("expected one JSON object {\"text\", \"now\", \"zone\"} a line");
  }
  for (const auto& [key, value] : request.items()) {
    const bool known = key == "text" || key == "now" || key == "zone";
    if (!known) return error(key + " is not known; expected text, now and zone");
    if (!value.is_string() && !(value.is_null() && key != "text")) {
      return error(key + ": expected a string");
    }
  }
  const auto member = [&](const char* key) {
    const auto found = request.find(key);
    return found != request.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (!request.contains("text")) return error("text is missing");
  const std::string now = member("now").empty() ? options.now : member("now");
  const auto zone = zone_of(member("zone"), now, users);
  if (!zone) return error("zone: there is no time zone " + member("zone"));
  if (now.empty()) {
    const auto clock = common::make_clock("", options.clock, *zone);
    return to_json(common::Times(*clock, *zone).understand(member("text")));
  }
  const auto time = time_in(now, *zone);
  if (!time) return error("now: expected a time such as 2026-03-16T09:00:00+01:00, got " + now);
  const common::StillClock clock(time->at);
  return to_json(common::Times(clock, *zone).understand(member("text")));
}

/// Answers in order, and waits for no further line before it answers one.
int answer_lines(const Options& options) {
  const common::Zone users = find_zone(options, Config{});
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    const OutputJson answer = answer_to(line, options, users);
    std::cout << answer.dump(-1, ' ', false, OutputJson::error_handler_t::replace) << '\n';
    if (std::cin.rdbuf()->in_avail() <= 0) std::cout.flush();
  }
  return kDone;
}

}  // namespace

void add_when(CLI::App& app, Run& run) {
  CLI::App* command = add_subcommand(app, "when", "What the words of a text say about time");
  auto words = std::make_shared<std::vector<std::string>>();
  auto many = std::make_shared<bool>(false);
  auto* text_option = command->add_option("text", *words, "The text");
  command
      ->add_flag("--stdin", *many,
                 "Answer JSON lines {text, now, zone} from standard input, one by one")
      ->excludes(text_option);
  command->callback([&run, words, many] {
    if (words->empty() && !*many) throw CLI::RequiredError("text");
    run = [words, many](const Options& options) {
      if (*many) return answer_lines(options);
      std::string text;
      for (const std::string& word : *words) text += (text.empty() ? "" : " ") + word;
      return when(options, text);
    };
  });
}

}  // namespace host
