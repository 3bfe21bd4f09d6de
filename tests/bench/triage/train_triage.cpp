// train_triage MAIL_FOLDER SENTENCES_FOLDER MODEL_FOLDER
//
// Makes the models of mail triage from labelled mail and sentences (data.hpp says in which form),
// and writes them as spam.inc and asks.inc. The same input gives the same bytes.

#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "servers/email/triage/signals.hpp"
#include "tests/bench/triage/data.hpp"
#include "tests/bench/triage/recipe.hpp"

namespace {

using email::triage::Model;
using email::triage::WordWeight;

constexpr int kWordsInLine = 12;

std::string number(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6eF", static_cast<double>(value));
  return text;
}

std::string words_of(const Model& model) {
  std::string out;
  int in_line = 0;
  for (const WordWeight& word : model.words) {
    char text[16];
    std::snprintf(text, sizeof text, "%06x%02x", word.key,
                  static_cast<unsigned>(static_cast<std::uint8_t>(word.weight)));
    if (in_line == 0) out += "\n    \"";
    out += text;
    in_line = (in_line + 1) % kWordsInLine;
    if (in_line == 0) out += '"';
  }
  if (in_line != 0 || out.empty()) out += out.empty() ? "\"\"" : "\"";
  return out;
}

/// What every model has; `name` is as in kSpamBias.
std::string text_of(const std::string& name, const Model& model) {
  std::ostringstream out;
  out << "// Made by train_triage: see README.md beside this folder. Each word is 6 digits of its "
         "key and 2 "
         "of its weight.\n"
      << "constexpr float k" << name << "Bias = " << number(model.bias) << ";\n"
      << "constexpr float k" << name << "Step = " << number(model.step) << ";\n"
      << "constexpr float k" << name << "WordsLeast = " << number(model.words_least) << ";\n"
      << "constexpr std::size_t k" << name << "WordsFew = " << model.words_few << ";\n"
      << "constexpr std::string_view k" << name << "Words =" << words_of(model) << ";\n";
  return out.str();
}

std::string signals_text(const Model& model) {
  std::ostringstream out;
  out << "constexpr std::array<float, kSignalCount> kSpamSignals = {\n";
  for (std::size_t i = 0; i < model.signals.size(); ++i) {
    out << "    " << number(model.signals[i]) << ",  // " << email::triage::signal_rows()[i].name
        << '\n';
  }
  out << "};\n";
  return out.str();
}

void write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.flush();
  if (!stream) throw std::runtime_error(file.string() + ": cannot be written");
}

int run(const std::filesystem::path& mail_folder, const std::filesystem::path& sentences_folder,
        const std::filesystem::path& model_folder) {
  const bench::Labelled mail = bench::read_folder(mail_folder);
  const bench::Labelled sentences = bench::read_folder(sentences_folder);
  std::printf("%zu messages, %zu sentences\n", mail.mail.size(), sentences.sentences.size());
  const bench::Made spam =
      bench::make_spam_model(bench::examples_of(mail.mail), bench::spam_recipe());
  write(model_folder / "spam.inc", text_of("Spam", spam.model()) + signals_text(spam.model()));
  const bench::Made asks = bench::make_asks_model(bench::examples_of(sentences.sentences));
  write(model_folder / "asks.inc", text_of("Asks", asks.model()));
  std::printf("%s: %zu and %zu words\n", model_folder.c_str(), spam.model().words.size(),
              asks.model().words.size());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: train_triage MAIL_FOLDER SENTENCES_FOLDER MODEL_FOLDER\n", stderr);
    return 2;
  }
  try {
    return run(argv[1], argv[2], argv[3]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "train_triage: %s\n", error.what());
    return 1;
  }
}
