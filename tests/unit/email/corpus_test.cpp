#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "servers/email/mime/mail.hpp"
#include "servers/email/mime/utf8.hpp"

/// Messages that other MIME libraries are tested with, against what two of them read: a field is
/// judged where the two agree.
namespace email {
namespace {

using nlohmann::json;

const std::filesystem::path kCorpus =
    std::filesystem::path(ADJUTANT_SOURCE_DIR) / "../shared/data/email-mime";

/// Messages with raw 8-bit Latin letters and no charset, which the two leave as U+FFFD and we read
/// as windows-1252; and an attached message that is counted with its header.
const std::set<std::string> kOurReading{
    "stalwart/legacy/010.eml subject", "stalwart/legacy/020.eml subject",
    "stalwart/legacy/022.eml subject", "stalwart/legacy/027.eml subject",
    "stalwart/legacy/052.eml subject", "stalwart/legacy/052.eml text",
    "stalwart/legacy/016.eml names",   "stalwart/legacy/023.eml names",
    "stalwart/legacy/026.eml names"};

std::string text_of(const json& value) {
  return value.is_string() ? value.get<std::string>() : "";
}
std::string line(std::string_view text) {
  return clean_line(text, 100'000);
}

std::string without_brackets(std::string id) {
  std::erase_if(id, [](char c) { return c == '<' || c == '>' || c == ' '; });
  return id;
}

std::set<std::string> names(const json& parts) {
  std::set<std::string> out;
  for (const json& part : parts)
    if (!text_of(part["filename"]).empty()) out.insert(text_of(part["filename"]));
  return out;
}

struct Score {
  int judged{};
  std::set<std::string> wrong{};

  void judge(const std::string& what, const std::string& first, const std::string& second,
             const std::string& ours) {
    if (first != second) return;
    ++judged;
    if (ours != first) wrong.insert(what);
  }
};

std::string joined(const std::set<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += item + "\n";
  return out;
}

void judge_message(const std::string& name, const json& one, const Mail& mail, Score& score) {
  const json& first = one["expected"];
  const json& second = one["python_email"];
  score.judge(name + " subject", line(text_of(first["subject"])), line(text_of(second["subject"])),
              mail.subject);
  score.judge(name + " message_id", without_brackets(text_of(first["message_id"])),
              without_brackets(text_of(second["message_id"])), without_brackets(mail.message_id));
  std::set<std::string> ours;
  for (const Mail::Attachment& attachment : mail.attachments)
    if (attachment.mime_type != "message/rfc822") ours.insert(attachment.name);
  ours.erase("");
  const std::set<std::string> expected = names(first["attachments"]);
  if (std::ranges::none_of(expected, [](const std::string& n) { return n.ends_with(".eml"); }))
    score.judge(name + " names", joined(expected), joined(names(second["parts"])), joined(ours));
  if (first["text_bodies"].empty() || !second["text_prefix"].is_string()) return;
  const std::string text = line(text_of(first["text_bodies"][0])).substr(0, 100);
  score.judge(name + " text", text, line(text_of(second["text_prefix"])).substr(0, 100),
              line(mail.text).substr(0, text.size()));
}

TEST(MimeCorpus, IsReadAsTwoOtherLibrariesAgree) {
  if (!std::filesystem::exists(kCorpus / "expected.json"))
    GTEST_SKIP() << "not run: no " << kCorpus;
  std::ifstream file(kCorpus / "expected.json");
  const json corpus = json::parse(file);
  Score score;
  for (const auto& [name, one] : corpus["messages"].items()) {
    std::ifstream stream(kCorpus / name, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    const Mail mail = read_mail(bytes.str());
    EXPECT_TRUE(is_utf8(mail.text)) << name;
    if (one.contains("expected") && one["expected"].is_object())
      judge_message(name, one, mail, score);
  }
  EXPECT_GT(score.judged, 230);
  EXPECT_THAT(score.wrong, testing::ElementsAreArray(kOurReading));
}

}  // namespace
}  // namespace email
