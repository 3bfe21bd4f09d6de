#include <unistd.h>

#include <iostream>
#include <stdexcept>

#include "host/commands/card_text.hpp"
#include "host/commands/commands.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/session.hpp"
#include "host/commands/terminal.hpp"

namespace host {

namespace {

int fail(const Options& options, const std::string& problem) {
  if (options.json) print_json({{"error", problem}});
  std::cerr << "adjutant: " << plain(problem) << "\n";
  return kFailed;
}

int pending(const Options& options) {
  Session session(options);
  const std::vector<Card> cards = session.cards.waiting();
  if (options.json) {
    print_json(to_json(cards));
    return kDone;
  }
  const Terminal terminal = Terminal::of(STDOUT_FILENO);
  for (const Card& card : session.cards.interrupted())
    std::cout << "Card " << card.id
              << " was approved; it runs now, or was cut off. `adjutant audit "
              << "show` says how far it came.\n";
  if (cards.empty()) {
    std::cout << "Nothing waits for you.\n";
    return kDone;
  }
  std::cout << terminal.heading("Waiting for your yes or no");
  for (const Card& card : cards) std::cout << card_line(card, terminal);
  std::cout << "\nadjutant show N, approve N, reject N\n";
  return kDone;
}

int show(const Options& options, std::int64_t id) {
  Session session(options);
  const std::optional<Card> card = session.cards.find(id);
  if (!card) return fail(options, "there is no card " + std::to_string(id));
  if (options.json) {
    print_json(to_json(*card));
  } else {
    std::cout << card_text(*card, Terminal::of(STDOUT_FILENO));
  }
  return kDone;
}

int approve(const Options& options, std::int64_t id) {
  Session session(options);
  const std::optional<Card> card = session.cards.find(id);
  if (!card) return fail(options, "there is no card " + std::to_string(id));
  Connection connection(session);
  connection.start({card->server, "memory"});
  const Outcome outcome = connection.gate.approve(id);
  if (!outcome.result) return fail(options, outcome.problem);
  connection.learner.approved(*card, outcome);
  if (options.json) {
    print_json(to_json(*session.cards.find(id)));
  } else {
    (outcome.result->failed ? std::cerr : std::cout) << plain_lines(outcome.result->text);
    if (!outcome.result->change_id.empty())
      std::cout << "To take it back: adjutant undo " << plain(outcome.result->change_id) << "\n";
  }
  return outcome.result->failed ? kFailed : kDone;
}

int reject(const Options& options, std::int64_t id) {
  Session session(options);
  const std::optional<Card> card = session.cards.find(id);
  Connection connection(session);
  const Outcome outcome = connection.gate.reject(id);
  if (!outcome.problem.empty()) return fail(options, outcome.problem);
  connection.start({"memory"});
  connection.learner.rejected(*card);
  if (options.json) {
    print_json(to_json(*session.cards.find(id)));
  } else {
    std::cout << "Card " << id << " is rejected; nothing was done.\n";
  }
  return kDone;
}

void add_card_command(CLI::App& app, Run& run, const char* name, const char* description,
                      int (*command)(const Options&, std::int64_t)) {
  CLI::App* subcommand = add_subcommand(app, name, description);
  auto id = std::make_shared<std::int64_t>();
  subcommand->add_option("card", *id, "The card's number")->required();
  subcommand->callback([&run, id, command] {
    run = [id, command](const Options& options) { return command(options, *id); };
  });
}

}  // namespace

void add_cards(CLI::App& app, Run& run) {
  add_subcommand(app, "pending", "The cards that wait for a yes or a no")->callback([&run] {
    run = pending;
  });
  add_card_command(app, run, "show", "A card with every argument", show);
  add_card_command(app, run, "approve", "Say yes to a card: its call runs once, as shown", approve);
  add_card_command(app, run, "reject", "Say no to a card", reject);
}

}  // namespace host
