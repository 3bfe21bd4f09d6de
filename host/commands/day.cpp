#include "host/agent/day.hpp"

#include <unistd.h>

#include <iostream>
#include <set>
#include <stdexcept>

#include "host/commands/brief_text.hpp"
#include "host/commands/commands.hpp"
#include "host/commands/day_sources.hpp"
#include "host/commands/day_text.hpp"
#include "host/commands/headline.hpp"
#include "host/commands/session.hpp"
#include "host/planner/planner.hpp"

namespace host {

namespace {

struct DayOptions {
  DaySources sources{};
  std::string from{};
  std::string to{"18:30"};
  std::string step{"30m"};
  bool once{};
};

/// "07:30" of the day that the clock is in.
std::chrono::sys_seconds time_today(const Session& session, const std::string& text) {
  const std::optional<Hours> hours = parse_hours("00:00-" + text);
  if (!hours) throw std::runtime_error(text + ": expected a time of day such as 07:30");
  const common::Zone& zone = session.times.zone();
  return on_day(*hours, day_of(session.times.now().at, zone), zone).end;
}

/// "30m", "2h", or minutes.
std::chrono::minutes step_of(const std::string& text) {
  std::size_t read = 0;
  const bool number = !text.empty() && text[0] >= '1' && text[0] <= '9' && text.size() <= 5;
  const int count = number ? std::stoi(text, &read) : 0;
  const std::string unit = text.substr(read);
  if (count > 0 && (unit == "m" || unit == "min" || unit.empty()))
    return std::chrono::minutes(count);
  if (count > 0 && unit == "h") return std::chrono::hours(count);
  throw std::runtime_error("--step " + text + ": expected a length such as 30m or 1h");
}

/// One run of `day`: cycles, then the brief.
class DayRun {
 public:
  DayRun(Session& session, Connection& connection)
      : session_(session),
        terminal_(Terminal::of(STDOUT_FILENO)),
        agent_({.gate = connection.gate,
                .planner = planner_,
                .learner = connection.learner,
                .times = session.times,
                .zone_given = !session.options.zone.empty()}) {
    agent_.set_progress([this](const std::string& text) { progress_.say(text); });
  }

  void run(const DayOptions& day) {
    const std::chrono::sys_seconds now = session_.times.now().at;
    const Agent::OnCycle on_cycle = [this](const Cycle& cycle) { show(cycle); };
    if (!day.from.empty()) {
      walk_through(
          agent_,
          {.from = time_today(session_, day.from),
           .to = time_today(session_, day.to),
           .step = step_of(day.step)},
          [this](std::chrono::sys_seconds at) { session_.clock_file.set(at); }, on_cycle);
    } else if (day.once) {
      on_cycle(agent_.run_cycle(now));
    } else {
      agent_.run_until_quiet(now, on_cycle);
    }
    finish();
  }

 private:
  void show(const Cycle& cycle) {
    progress_.clear();
    if (session_.options.json) {
      json_.push_back(cycle_json(cycle));
      return;
    }
    std::cout << cycle_text(cycle, terminal_);
    for (const LeftOut& left_out : cycle.left_out) {
      if (told_.insert(left_out.item.key).second) std::cout << left_out_text(left_out, terminal_);
    }
    std::cout << std::flush;
  }

  void finish() {
    const Observer::Seen seen = agent_.look();
    progress_.clear();
    const std::map<std::string, Deed> deeds = session_.deeds.all();
    const std::vector<Card> cards = session_.cards.waiting();
    const BriefParts parts{
        .world = seen.world, .unseen = seen.unseen, .deeds = deeds, .cards = cards};
    if (!session_.options.json) {
      std::cout << "\n" << brief_text(parts, terminal_);
      return;
    }
    OutputJson json = brief_json(parts);
    json["autonomy"] = session_.levels.autonomy() == Autonomy::Demo ? "demo" : "ask";
    json["cycles"] = std::move(json_);
    print_json(json);
  }

  Session& session_;
  Terminal terminal_;
  ProgressLine progress_;
  EmbeddedPlanner planner_;
  Agent agent_;
  std::set<std::string> told_;  ///< What was left out is said once.
  OutputJson json_ = OutputJson::array();
};

int day(Options options, const DayOptions& day_options) {
  // Walking through a day needs a clock file to move; without one it begins at the machine's time.
  if (!day_options.from.empty() && options.now.empty() && options.clock.empty())
    options.now =
        common::to_string(common::instant(common::SystemClock().now(), std::chrono::seconds(0)));
  Session session(options);
  const Terminal terminal = Terminal::of(STDOUT_FILENO);
  if (!options.json) std::cout << headline(session, terminal);
  const std::string written = remember_sources(session, day_options.sources);
  if (!options.json && !written.empty()) std::cout << wrapped_lines(written);
  Connection connection(session);
  const ProgressLine progress;
  progress.say("starting the servers");
  connection.start_all();
  progress.clear();
  const std::string imported = import_calendar(session, connection);
  if (!options.json && !imported.empty()) std::cout << wrapped_lines(imported);
  DayRun(session, connection).run(day_options);
  return kDone;
}

}  // namespace

void add_day(CLI::App& app, Run& run) {
  CLI::App* command =
      add_subcommand(app, "day", "Look at everything, do what may be done, and brief the user");
  auto options = std::make_shared<DayOptions>();
  command->add_option("--mail", options->sources.mail, "Your Maildir; kept in the configuration")
      ->type_name("MAILDIR");
  command->add_option("--calendar", options->sources.calendar, "An .ics file that is imported")
      ->type_name("FILE");
  command->add_option("--files", options->sources.files, "A folder of documents")->type_name("DIR");
  command->add_flag("--once", options->once, "One cycle alone");
  command->add_option("--from", options->from, "Walk through today from this time")
      ->type_name("HH:MM");
  command->add_option("--to", options->to, "To this time")
      ->type_name("HH:MM")
      ->capture_default_str();
  command->add_option("--step", options->step, "In steps of")->capture_default_str();
  command->callback([&run, options] {
    run = [options](const Options& global) { return day(global, *options); };
  });
}

}  // namespace host
