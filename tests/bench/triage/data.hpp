#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "servers/email/mime/mail.hpp"

/// Labelled mail and sentences, as files.
namespace bench {

struct LabelledMail {
  std::string file;   ///< As the labels name it.
  std::string label;  ///< "ham"; anything else is mail that nobody asked for.
  std::string group;
  email::Mail mail;

  bool spam() const { return label != "ham"; }
};

struct LabelledSentence {
  std::string source;  ///< Name of the file.
  std::string text;
  bool asks{};
};

/// Everything labelled in one folder:
///   *labels*.csv   first line `file,label,group` (in any order, others too); each file is beside
///   it, or in an archive *.tar.xz
///                  beside it, which is unpacked into a temporary folder (by tar);
///   *.jsonl        one {"text": "...", "intent": true|false} a line.
/// In the order of names and rows. Throws std::runtime_error that says which file and line is
/// wrong.
struct Labelled {
  std::vector<LabelledMail> mail;
  std::vector<LabelledSentence> sentences;
  std::vector<std::string>
      left_out;  ///< Files *.jsonl of another form, each with what was expected.
};
Labelled read_folder(const std::filesystem::path& folder);

/// By name; what is in folders below is not among them.
std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder);
std::string read_bytes(const std::filesystem::path& file);

/// Numbers such that what resembles each other has the same one.
/// Mail: `Sources` puts all mail of one list or sender together, and all copies of one spam;
/// `Threads` all of one subject; `Either` what resembles each other in any of these ways.
/// Sentences: those that share four words at the start or five in a row.
enum class Likeness { Sources, Threads, Either };
std::vector<std::size_t> groups_of(const std::vector<LabelledMail>& mail, Likeness likeness);
std::vector<std::size_t> groups_of(const std::vector<LabelledSentence>& sentences);

}  // namespace bench
