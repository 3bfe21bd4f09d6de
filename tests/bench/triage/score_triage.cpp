// Scores mail triage on labelled mail and sentences, or sorts single messages. --help says how.

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "servers/common/clock.hpp"
#include "servers/email/triage/asks.hpp"
#include "servers/email/triage/spam.hpp"
#include "servers/email/triage/triage.hpp"
#include "tests/bench/triage/data.hpp"
#include "tests/bench/triage/recipe.hpp"

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
little: --cross-validate learns the models anew, five times, each time without a fifth of the data
(all of one thread, and all of one list or sender, stay on one side), and scores that fifth.)";

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
    const auto threads = bench::groups_of(data.mail, bench::Likeness::Threads);
    const auto odds = bench::cross_validated(examples, threads, bench::spam_recipe());
    const double border = bench::threshold_for(examples, odds, bench::kHamCalledSpam);
    print_mail("mail, unseen threads and campaigns", bench::tally(examples, odds, border));
    const auto sources = bench::groups_of(data.mail, bench::Likeness::Sources);
    const auto harder = bench::cross_validated(examples, sources, bench::spam_recipe());
    print_mail("mail, unseen lists and senders", bench::tally(examples, harder, border));
  }
  if (!data.sentences.empty()) {
    const std::vector<bench::Example> examples = bench::examples_of(data.sentences);
    const auto odds =
        bench::cross_validated(examples, bench::groups_of(data.sentences), bench::asks_recipe());
    print_asks("sentences, unseen", bench::tally(examples, odds, bench::kAsksBorder));
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

void score_folder(const std::filesystem::path& folder, bool held_out) {
  const bench::Labelled data = bench::read_folder(folder);
  for (const std::string& file : data.left_out) std::printf("not scored: %s\n", file.c_str());
  held_out ? cross_validate(data) : score_shipped(data);
  if (!data.mail.empty() || !data.sentences.empty()) return;
  for (const std::filesystem::path& file : bench::files_of(folder)) print_message(file);
}

void run(const std::vector<std::string>& paths, bool held_out) {
  for (const std::string& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      print_message(path);
      continue;
    }
    std::printf("%s\n", path.c_str());
    score_folder(path, held_out);
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(kHelp, "score_triage");
  std::vector<std::string> paths;
  bool held_out = false;
  app.add_option("PATH", paths, "Folders and messages")->required()->check(CLI::ExistingPath);
  app.add_flag("--cross-validate", held_out,
               "Score models that have not seen what they are scored on");
  CLI11_PARSE(app, argc, argv);
  try {
    run(paths, held_out);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "score_triage: %s\n", error.what());
    return 1;
  }
  return 0;
}
