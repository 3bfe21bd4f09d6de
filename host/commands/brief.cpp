#include <unistd.h>

#include <iostream>

#include "host/commands/brief_text.hpp"
#include "host/commands/commands.hpp"
#include "host/commands/headline.hpp"
#include "host/commands/session.hpp"
#include "host/commands/terminal.hpp"
#include "host/planner/planner.hpp"

namespace host {

namespace {

int brief(const Options& options) {
  Session session(options);
  Connection connection(session);
  const ProgressLine progress;
  progress.say("starting the servers");
  connection.start_all();
  EmbeddedPlanner planner;
  Agent agent({.gate = connection.gate,
               .planner = planner,
               .learner = connection.learner,
               .times = session.times,
               .zone_given = !options.zone.empty()});
  progress.say("looking at calendar, mail, tasks and files");
  const Observer::Seen seen = agent.look();
  progress.clear();
  const std::map<std::string, Deed> deeds = session.deeds.all();
  const std::vector<Card> cards = session.cards.waiting();
  const BriefParts parts{
      .world = seen.world, .unseen = seen.unseen, .deeds = deeds, .cards = cards};
  if (options.json) {
    print_json(brief_json(parts));
  } else {
    const Terminal terminal = Terminal::of(STDOUT_FILENO);
    std::cout << headline(session, terminal) << brief_text(parts, terminal);
  }
  return kDone;
}

}  // namespace

void add_brief(CLI::App& app, Run& run) {
  add_subcommand(app, "brief", "The day as it stands; nothing is changed")->callback([&run] {
    run = brief;
  });
}

}  // namespace host
