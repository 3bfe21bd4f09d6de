#include "servers/email/maildir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/unit/email/world.hpp"

namespace email {
namespace {

using test::MailWorld;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> names(const std::vector<MailFolder>& folders) {
  std::vector<std::string> out;
  for (const MailFolder& folder : folders)
    out.push_back(folder.name + "=" + std::string(role_name(folder.role)));
  return out;
}

TEST(MaildirNames, SayWhatAFileIs) {
  EXPECT_EQ(unique_part("123.M1.host:2,FS"), "123.M1.host");
  EXPECT_EQ(unique_part("123.M1.host,U=12:2,S"), "123.M1.host");
  EXPECT_EQ(unique_part("123.M1.host,S=12,W=3"), "123.M1.host,S=12,W=3");
  EXPECT_EQ(flag_letters("1.host:2,FS"), "FS");
  EXPECT_EQ(flag_letters("1.host"), "");
  EXPECT_EQ(flag_letters("1.host:1,x"), "");
  EXPECT_EQ(with_flags("1.host:2,Sa", "SaF"), "1.host:2,FSa");
  EXPECT_EQ(changed_flags("Sa", "F", "S"), "Fa");
}

TEST(MaildirNames, ReadFolders) {
  EXPECT_EQ(folder_name(""), "INBOX");
  EXPECT_EQ(folder_name(".Archive.2024"), "Archive/2024");
  EXPECT_EQ(folder_name("work/2024"), "work/2024");
  EXPECT_EQ(folder_name(".Wys&AUI-ane"), "Wysłane");
  EXPECT_EQ(folder_name(".R&-D"), "R&D");
  EXPECT_EQ(folder_name(".A&2D3eAA-"), "A😀");
  EXPECT_EQ(folder_name(".Odd&xyz"), "Odd&xyz");
  EXPECT_EQ(role_of("Deleted Items"), MailRole::Trash);
  EXPECT_EQ(role_of("INBOX.Junk"), MailRole::Spam);
  EXPECT_EQ(role_of("Junkyard"), MailRole::None);
}

TEST(Maildir, KnowsBothLayouts) {
  const test::TempFolder folder;
  for (const char* const name :
       {"a/cur", "a/new", "a/.Sent/cur", "a/.Sent/new", "a/.Junk.Old/cur", "a/.Junk.Old/new",
        "a/.nothing/cur", "b/INBOX/cur", "b/INBOX/new", "b/work/2024/cur", "b/work/2024/new"})
    std::filesystem::create_directories(folder / name);
  EXPECT_THAT(names(Maildir(folder / "a").folders()),
              ElementsAre("INBOX=inbox", "Junk/Old=none", "Sent=sent"));
  EXPECT_EQ(Maildir(folder / "a").path_for(MailRole::Archive), ".Archive");
  EXPECT_THAT(names(Maildir(folder / "b").folders()), ElementsAre("INBOX=inbox", "work/2024=none"));
  EXPECT_EQ(Maildir(folder / "b").path_for(MailRole::Archive), "Archive");
  EXPECT_NO_THROW(Maildir(folder / "b").check());
  EXPECT_THAT(test::refusal([&] { Maildir(folder / "c").check(); }),
              HasSubstr("There is no Maildir at"));
  EXPECT_THAT(test::refusal([&] { Maildir(folder.path()).check(); }), HasSubstr("was not refused"));
}

TEST(Maildir, FindsAFileThatSomebodyRenamed) {
  const MailWorld world;
  world.deliver("new/1.host", "x");
  const Maildir maildir(world.maildir);
  const MailFile file = maildir.files("").front();
  EXPECT_EQ(file, (MailFile{.folder = "", .is_new = true, .name = "1.host"}));
  world.rename("new/1.host", "cur/1.host:2,S");
  const MailFile now{.folder = "", .is_new = false, .name = "1.host:2,S"};
  EXPECT_EQ(maildir.find(file), now);
  EXPECT_EQ(maildir.read(file, 10), "x");
  world.rename("cur/1.host:2,S", ".Archive/cur/1.host:2,S");
  EXPECT_EQ(maildir.find(file), std::nullopt);
  EXPECT_EQ(maildir.find_anywhere(file)->folder, ".Archive");
}

TEST(Maildir, NeverPutsOneMessageOverAnother) {
  const MailWorld world;
  world.deliver("cur/1.host:2,", "one");
  world.deliver(".Archive/cur/1.host:2,", "other");
  const Maildir maildir(world.maildir);
  const MailFile from{.folder = "", .is_new = false, .name = "1.host:2,"};
  MailFile to = from;
  to.folder = ".Archive";
  EXPECT_THAT(test::refusal([&] { maildir.rename(from, to); }), HasSubstr("File exists"));
  EXPECT_EQ(test::bytes_of(world.maildir / ".Archive/cur/1.host:2,"), "other");
  to.name = "2.host:2,";
  maildir.rename(from, to);
  EXPECT_THAT(world.files(".Archive/cur"), ElementsAre("1.host:2,", "2.host:2,"));
}

TEST(Maildir, ReachesNothingOutside) {
  const MailWorld world;
  test::write_file(world.folder / "secret", "secret");
  test::write_file(world.folder / "Other/cur/1.host", "secret");
  std::filesystem::create_directories(world.folder / "Other/new");
  std::filesystem::create_symlink(world.folder / "secret", world.maildir / "cur/2.host");
  std::filesystem::create_directory_symlink(world.folder / "Other", world.maildir / ".Linked");
  ::mkfifo((world.maildir / "cur/3.host").c_str(), 0600);
  const Maildir maildir(world.maildir);
  EXPECT_THAT(names(maildir.folders()), ElementsAre("INBOX=inbox", "Archive=archive"));
  EXPECT_THAT(maildir.files(""), IsEmpty());
  for (const char* const name : {"2.host", "3.host", "../../secret"})
    EXPECT_EQ(maildir.read({.folder = "", .is_new = false, .name = name}, 10), std::nullopt)
        << name;
  EXPECT_EQ(maildir.read({.folder = ".Linked", .is_new = false, .name = "1.host"}, 10),
            std::nullopt);
}

TEST(Maildir, MakesAndRemovesAFolder) {
  const MailWorld world;
  const auto before = test::tree(world.maildir);
  const Maildir maildir(world.maildir);
  maildir.make_folder(".Junk");
  EXPECT_EQ(maildir.find_role(MailRole::Spam)->path, ".Junk");
  world.deliver(".Junk/cur/1.host", "x");
  maildir.remove_folder(".Junk");
  EXPECT_TRUE(maildir.find_role(MailRole::Spam));
  std::filesystem::remove(world.maildir / ".Junk/cur/1.host");
  maildir.remove_folder(".Junk");
  EXPECT_EQ(test::tree(world.maildir), before);
}

}  // namespace
}  // namespace email
