#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "servers/common/clock.hpp"
#include "servers/common/times.hpp"

/// Scores dates in words: for each source, how many of its texts are recognised as a time and how
/// many rightly. A fifth of the texts, chosen by a hash, is set aside: who writes the grammar does
/// not look at it (`--misses` does not show it), so its figures say what the grammar is worth on
/// texts it was not written for.
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Kind = common::Understood::Kind;
using std::chrono::sys_seconds;

constexpr std::string_view kSomeDay = "2026-01-15T12:00:00Z";  ///< Where no reference is given.
constexpr std::uint64_t kSetAside = 5;

struct Case {
  std::string source{};
  std::string text{};
  std::string kind{};
  std::string start{};  ///< Local wall time.
  std::string end{};
  std::string grain{};
  bool has_time{};
  bool holiday{};
  bool strict{};  ///< Of a stricter parser, which does not recognise what others do.
  std::string now{};
};

std::string text_of(const json& item, const char* key) {
  const auto found = item.find(key);
  return found != item.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Case case_of(const json& item) {
  Case one{.source = text_of(item, "source"),
           .text = text_of(item, "text"),
           .kind = text_of(item, "kind"),
           .start = text_of(item, "start"),
           .end = text_of(item, "end"),
           .grain = text_of(item, "grain"),
           .strict = text_of(item, "parser") == "strict"};
  if (const auto timed = item.find("has_time"); timed != item.end() && timed->is_boolean()) {
    one.has_time = timed->get<bool>();
  }
  if (const auto flags = item.find("flags"); flags != item.end() && flags->is_array()) {
    one.holiday = std::ranges::find(*flags, json("holiday")) != flags->end();
  }
  const std::string reference = text_of(item, "ref");
  const std::string offset = text_of(item, "ref_offset");
  one.now = reference.empty() ? std::string(kSomeDay)
                              : reference.substr(0, 19) + (offset.empty() ? "Z" : offset);
  return one;
}

std::vector<Case> read_cases(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<Case> cases;
  for (const fs::path& file : files) {
    std::ifstream in(file);
    const json corpus = json::parse(in);
    for (const json& item : corpus.at("cases")) cases.push_back(case_of(item));
  }
  return cases;
}

/// FNV-1a.
bool is_set_aside(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : text) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  }
  return hash % kSetAside == 0;
}

/// The zone that stands still at the reference's offset, which is one of whole hours.
common::Zone zone_of(const common::Time& now) {
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(now.offset).count();
  const std::string name = "Etc/GMT" + std::string(hours <= 0 ? "+" : "-");
  const auto zone = common::Zone::find(name + std::to_string(hours < 0 ? -hours : hours));
  return zone.value_or(common::Zone::utc());
}

std::string wall_time(const common::Time& time, const common::Zone& zone) {
  if (time.date) return common::to_string(time) + "T00:00:00";
  return common::to_string(common::instant(time.at, zone.offset_at(time.at))).substr(0, 19);
}

/// The Monday of an ISO day, for what is only told to the week.
std::string week_of(const std::string& day) {
  common::Time time;
  if (parse(std::string_view(day).substr(0, 10), time)) return day;
  const auto weekday = static_cast<int>(common::weekday_of(time));
  return common::to_string(common::whole_day(std::chrono::year_month_day{
      std::chrono::floor<std::chrono::days>(time.local()) - std::chrono::days{weekday}}));
}

/// Equal as far as the expectation says: a date, or a minute; of a year, month or week that.
bool agrees(const std::string& got, const std::string& expected, const Case& one) {
  if (one.grain == "year") return got.substr(0, 4) == expected.substr(0, 4);
  if (one.grain == "month") return got.substr(0, 7) == expected.substr(0, 7);
  if (one.grain == "week") return week_of(got) == week_of(expected);
  const std::size_t size = one.has_time ? 16 : 10;
  return got.substr(0, size) == expected.substr(0, size);
}

struct Answer {
  Kind kind{};
  std::string start{};
  std::string end{};
};

Answer answer_to(const Case& one) {
  common::Time now;
  if (parse(one.now, now)) throw std::runtime_error("no time: " + one.now);
  const common::Zone zone = zone_of(now);
  const common::StillClock clock(now.at);
  const common::Understood understood = common::Times(clock, zone).understand(one.text);
  return {.kind = understood.kind,
          .start = understood.start ? wall_time(*understood.start, zone) : "",
          .end = understood.end ? wall_time(*understood.end, zone) : ""};
}

struct Tally {
  int cases{};
  int recognised{};
  int right{};
  int exact{};  ///< Kind, begin and end, to the second.
};

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::None:
      return "none";
    case Kind::Instant:
      return "instant";
    case Kind::Interval:
      return "interval";
    case Kind::OpenAfter:
      return "open-after";
    case Kind::OpenBefore:
      return "open-before";
  }
  return "none";
}

void count(const Case& one, const Answer& answer, Tally& tally) {
  ++tally.cases;
  if (answer.kind == Kind::None) return;
  ++tally.recognised;
  if (one.kind == "none" || !agrees(answer.start, one.start, one)) return;
  ++tally.right;
  const bool whole_days = !one.has_time;
  const std::size_t size = whole_days ? 10 : 19;
  if (one.kind == name_of(answer.kind) &&
      answer.start.substr(0, size) == one.start.substr(0, size) &&
      answer.end.substr(0, size) == one.end.substr(0, size)) {
    ++tally.exact;
  }
}

void print(const std::string& name, const Tally& seen, const Tally& aside) {
  const auto percent = [](int part, int whole) { return whole == 0 ? 0.0 : 100.0 * part / whole; };
  for (const auto& [part, tally] : {std::pair("seen", seen), std::pair("set aside", aside)}) {
    std::printf("%-22s %-10s %6d %6d (%5.1f %%) %6d (%5.1f %%) %6d (%5.1f %%)\n", name.c_str(),
                part, tally.cases, tally.recognised, percent(tally.recognised, tally.cases),
                tally.right, percent(tally.right, tally.cases), tally.exact,
                percent(tally.exact, tally.cases));
  }
}

void score(const std::vector<Case>& cases, bool misses) {
  std::map<std::string, std::pair<Tally, Tally>> tallies;
  for (const Case& one : cases) {
    if (one.kind == "none" && one.strict) continue;
    const bool none = one.kind == "none";
    const std::string name = none ? "none" : one.source + (one.holiday ? ", holidays" : "");
    const bool aside = is_set_aside(one.text);
    const Answer answer = answer_to(one);
    auto& [seen, untouched] = tallies[name];
    Tally& tally = aside ? untouched : seen;
    const Tally before = tally;
    count(one, answer, tally);
    const bool good = none ? tally.recognised == before.recognised : tally.right > before.right;
    if (misses && !aside && !good) {
      std::cout << name << ": \"" << one.text << "\" at " << one.now << ": " << one.kind << " "
                << one.start << " " << one.end << ", got " << name_of(answer.kind) << " "
                << answer.start << " " << answer.end << "\n";
    }
  }
  std::printf("%-22s %-10s %6s %17s %17s %17s\n", "source", "texts", "cases", "recognised", "right",
              "with kind and end");
  for (const auto& [name, pair] : tallies) print(name, pair.first, pair.second);
}

}  // namespace

int main(int count, char** arguments) {
  CLI::App app(
      "Scores dates in words against a corpus. \"right\" is the begin, to the precision that "
      "is expected; of \"none\" what is recognised is wrong.");
  fs::path folder;
  bool misses = false;
  app.add_option("folder", folder, "Files of the form of nl-dates")->required();
  app.add_flag("--misses", misses, "Print what is wrong, but of the texts that are set aside");
  CLI11_PARSE(app, count, arguments);
  score(read_cases(folder), misses);
  return 0;
}
