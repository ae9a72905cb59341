import unittest

from bookings.rooms import Room, Taken


class TestMore(unittest.TestCase):
    def test_within_and_around_are_refused(self):
        for start, end in ((610, 620), (590, 670), (600, 660), (659, 700), (500, 601)):
            room = Room("blue")
            room.book("ann", 600, 660)
            with self.assertRaises(Taken):
                room.book("ben", start, end)

    def test_touching_on_both_sides(self):
        room = Room("blue")
        room.book("ann", 600, 660)
        room.book("ben", 660, 700)
        room.book("cid", 590, 600)
        self.assertEqual(room.used(), 110 / 600)
