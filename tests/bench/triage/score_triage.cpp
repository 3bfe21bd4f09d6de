// Scores mail triage on labelled mail and sentences, or sorts single messages. --help says how.

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "servers/common/clock.hpp"
#include "servers/email/triage/asks.hpp"
#include "servers/email/triage/spam.hpp"
#include "servers/email/triage/triage.hpp"
#include "tests/bench/triage/data.hpp"
#include "tests/bench/triage/recipe.hpp"
#include "tests/bench/triage/select.hpp"
#include "tests/bench/triage/split.hpp"

namespace {

using bench::Tally;

constexpr const char* kHelp =
    R"(Scores mail triage: spam recall and ham called spam, and F1 of "asks for action".

PATH is a folder with labelled data:
  *labels*.csv  with a first line `file,label,group`; each file is beside it, or in a *.tar.xz
                beside it. The label of good mail is `ham`; any other means unsolicited.
  *.jsonl       with {"text": "...", "intent": true|false} in each line.
or a message (.eml, or of a Maildir), or a folder of such: category and reasons of each are printed.

The figures are those of the models as shipped. On the data that they were learned from these say
little. For that data there are three more, for models made anew:
  --cross-validate  five times without a fifth of the data (all of one thread, and all of one list
                    or sender, stay on one side); scores that fifth. It leaves out what --set-aside
                    scores, because settings were chosen by these figures.
  --nested          the same, but settings and borders too are chosen without what is scored. Takes
                    minutes.
  --set-aside       made of four fifths; scores the fifth that no choice has seen.)";

void print_mail(const std::string& what, const Tally& tally) {
  std::printf("%-36s", what.c_str());
  if (tally.yes > 0) {
    std::printf(" spam recall %.3f (%zu of %zu)  ", tally.recall(), tally.yes_found, tally.yes);
  }
  if (tally.no > 0) {
    std::printf(" ham called spam %.2f %% (%zu of %zu)", 100 * tally.false_share(), tally.no_found,
                tally.no);
  }
  std::printf("\n");
}

void print_asks(const std::string& what, const Tally& tally) {
  std::printf("%-36s F1 %.3f   precision %.3f   recall %.3f   (%zu sentences, %zu ask)\n",
              what.c_str(), tally.f1(), tally.precision(), tally.recall(), tally.yes + tally.no,
              tally.yes);
}

void score_shipped(const bench::Labelled& data) {
  std::map<std::string, Tally> groups;
  Tally all;
  for (const bench::LabelledMail& one : data.mail) {
    const bool found = email::triage::judge_spam(one.mail).log_odds > 0;
    groups[one.group].add(one.spam(), found);
    all.add(one.spam(), found);
  }
  for (const auto& [group, tally] : groups) print_mail("  " + group, tally);
  if (!data.mail.empty()) print_mail("mail, models as shipped", all);
  std::map<std::string, Tally> sources;
  for (const bench::LabelledSentence& one : data.sentences) {
    sources[one.source].add(one.asks, email::triage::asks_probability(one.text) >= 0.5);
  }
  for (const auto& [source, tally] : sources) print_asks(source + ", as shipped", tally);
}

void cross_validate(const bench::Labelled& data) {
  if (!data.mail.empty()) {
    const std::vector<bench::Example> examples = bench::examples_of(data.mail);
    const bench::Unseen odds = bench::unseen_odds(examples, bench::spam_recipe());
    const double border = bench::border_of(examples, odds);
    print_mail("mail, unseen threads and campaigns", bench::tally(examples, odds.threads, border));
    print_mail("mail, unseen lists and senders", bench::tally(examples, odds.sources, border));
  }
  if (!data.sentences.empty()) {
    const std::vector<bench::Example> examples = bench::examples_of(data.sentences);
    const auto odds = bench::cross_validated(examples, bench::groups_in(examples),
                                             [](std::span<const bench::Example* const> seen) {
                                               return bench::fit(seen, bench::asks_recipe());
                                             });
    print_asks("sentences, unseen", bench::tally(examples, odds, bench::kAsksBorder));
  }
}

void cross_validate_choice(const bench::Labelled& data) {
  if (data.mail.empty()) return;
  const std::vector<bench::Example> examples = bench::examples_of(data.mail);
  for (const bench::SpamRecipe& recipe : bench::spam_recipes()) {
    const bench::Judged one = bench::judged(examples, recipe);
    std::printf("words %.2f  signals %.1f  evenness %.2f   recall: threads %.3f sources %.3f\n",
                recipe.word_stiffness, recipe.signal_stiffness, recipe.evenness, one.threads,
                one.sources);
    std::fflush(stdout);
  }
  const auto groups = bench::groups_of(data.mail, bench::Likeness::Either);
  print_mail("mail, nothing alike, nested", bench::nested(examples, groups));
}

Tally tally_of(const bench::Made& made, const std::vector<bench::Example>& examples) {
  Tally out;
  for (const bench::Example& one : examples) {
    out.add(one.yes, email::triage::score(made.model(), one.sample).total > 0);
  }
  return out;
}

void score_set_aside(const bench::Split& data) {
  if (!data.aside.mail.empty()) {
    const bench::Made made =
        bench::make_spam_model(bench::examples_of(data.rest.mail), bench::spam_recipe());
    print_mail("mail, set aside", tally_of(made, bench::examples_of(data.aside.mail)));
  }
  if (!data.aside.sentences.empty()) {
    const bench::Made made = bench::make_asks_model(bench::examples_of(data.rest.sentences));
    print_asks("sentences, set aside", tally_of(made, bench::examples_of(data.aside.sentences)));
  }
}

const char* name_of(email::Triage category) {
  switch (category) {
    case email::Triage::Urgent:
      return "urgent";
    case email::Triage::ActionRequired:
      return "action_required";
    case email::Triage::Informational:
      return "informational";
    case email::Triage::Spam:
      return "spam";
  }
  return "";
}

/// As if it were read when it was sent, by somebody who does not know the sender.
void print_message(const std::filesystem::path& file) {
  const email::Mail mail = email::read_mail(bench::read_bytes(file));
  const common::StillClock clock(mail.date ? mail.date->at : std::chrono::sys_seconds{});
  const common::Times times(clock, *common::Zone::find("UTC"));
  const email::triage::Verdict verdict = email::triage::judge(mail, {}, times);
  std::printf("%-16s u %.2f a %.2f i %.2f s %.2f  %s\n", name_of(verdict.category),
              verdict.score.urgent, verdict.score.action_required, verdict.score.informational,
              verdict.score.spam, file.c_str());
  for (const std::string& reason : verdict.reasons) std::printf("    %s\n", reason.c_str());
}

enum class Way { Shipped, CrossValidated, Nested, SetAside };

void score(bench::Labelled data, Way way) {
  if (way == Way::Shipped) return score_shipped(data);
  const bench::Split parts = bench::split(std::move(data));
  if (way == Way::CrossValidated) cross_validate(parts.rest);
  if (way == Way::Nested) cross_validate_choice(parts.rest);
  if (way == Way::SetAside) score_set_aside(parts);
}

void score_folder(const std::filesystem::path& folder, Way way) {
  bench::Labelled data = bench::read_folder(folder);
  for (const std::string& file : data.left_out) std::printf("not scored: %s\n", file.c_str());
  const bool labelled = !data.mail.empty() || !data.sentences.empty();
  score(std::move(data), way);
  if (labelled) return;
  for (const std::filesystem::path& file : bench::files_of(folder)) print_message(file);
}

void run(const std::vector<std::string>& paths, Way way) {
  for (const std::string& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      print_message(path);
      continue;
    }
    std::printf("%s\n", path.c_str());
    score_folder(path, way);
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(kHelp, "score_triage");
  std::vector<std::string> paths;
  Way way = Way::Shipped;
  app.add_option("PATH", paths, "Folders and messages")->required()->check(CLI::ExistingPath);
  const auto add_way = [&](const char* name, Way chosen, const char* what) {
    app.add_flag_callback(
        name, [&way, chosen] { way = chosen; }, what);
  };
  add_way("--cross-validate", Way::CrossValidated, "Models that have not seen what they score");
  add_way("--nested", Way::Nested, "Neither have those who chose their settings");
  add_way("--set-aside", Way::SetAside, "The fifth that nobody has seen");
  CLI11_PARSE(app, argc, argv);
  try {
    run(paths, way);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "score_triage: %s\n", error.what());
    return 1;
  }
  return 0;
}
